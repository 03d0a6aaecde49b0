// The words a citation quotes, shown while it is pointed at or has the focus.
(() => {
  const { el } = window.pincite;
  let tip = null;
  let over = null;

  function show(link) {
    hide();
    over = link;
    const quote = el("q", "pc-tip-quote", link.dataset.quote);
    quote.dir = "auto";
    tip = el("div", "pc-tip", quote, el("div", "pc-tip-place", link.dataset.place));
    tip.id = "pc-tip";
    tip.setAttribute("role", "tooltip");
    tip.addEventListener("mouseleave", hide);
    document.body.append(tip);
    link.setAttribute("aria-describedby", "pc-tip");
    const at = link.getBoundingClientRect();
    const size = tip.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left), innerWidth - size.width - 8);
    const above = at.top - size.height - 4;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > 8 ? above : at.bottom + 4}px`;
  }

  function hide() {
    over?.removeAttribute("aria-describedby");
    tip?.remove();
    tip = over = null;
  }

  const cite = (event) => event.target.closest?.(".pc-cite");
  document.addEventListener("mouseover", (event) => {
    const link = cite(event);
    if (link) show(link);
    else if (tip && !event.target.closest?.(".pc-tip")) hide();
  });
  document.addEventListener("focusin", (event) => (cite(event) ? show(cite(event)) : hide()));
  document.addEventListener("scroll", hide, { capture: true, passive: true });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  document.addEventListener("click", hide);
})();
