// What every page runs: the chosen theme, and the titles Gradio does not set.
// Gradio puts the class "dark" on the body by the system's preference; a choice made here wins and
// is kept in the browser. `pinciteTheme.set("light" | "dark" | "system")` is for the Settings page.
window.pinciteTheme = (() => {
  const KEY = "pincite-theme";
  const system = matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      const kept = localStorage.getItem(KEY);
      return kept === "light" || kept === "dark" ? kept : "system";
    } catch {
      return "system"; // Storage is switched off in this browser.
    }
  }

  function isDark() {
    return chosen() === "system" ? system.matches : chosen() === "dark";
  }

  function apply() {
    document.body?.classList.toggle("dark", isDark());
    document.documentElement.style.colorScheme = isDark() ? "dark" : "light";
  }

  function set(theme) {
    try {
      if (theme === "system") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, theme);
    } catch { /* Then the choice lasts as long as the page. */ }
    apply();
  }

  system.addEventListener("change", apply);
  function start() {
    apply();
    // Gradio sets the class itself when it starts.
    new MutationObserver(() => {
      if (document.body.classList.contains("dark") !== isDark()) apply();
    }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  }

  // Gradio may add this script before or after the body is there.
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  document.addEventListener("click", (event) => {
    if (event.target.closest?.('[data-pincite="theme"]')) set(isDark() ? "light" : "dark");
  });
  return { chosen, set };
})();
