// A question that was typed but not sent outlives the page: Gradio loads it anew once a lost
// connection is back. It lies in the tab's storage only while no page is there to hold it.
{
  const KEY = "pincite-unsent";

  addEventListener("pagehide", () => {
    const typed = document.querySelector("#pc-box textarea")?.value ?? "";
    if (typed.trim()) sessionStorage.setItem(KEY, typed);
  });

  // The question typed before, once.
  window.pincite.unsent = () => {
    const typed = sessionStorage.getItem(KEY) ?? "";
    sessionStorage.removeItem(KEY);
    return typed;
  };
}
