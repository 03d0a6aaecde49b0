// Gradio 6.31 shows a loading mark before a page is there. The clock in it is never stopped: for as
// long as the page is open it runs sixty times a second, which takes a tenth of a processor. No
// clock of its marks is shown on these pages, so none is wound.
(() => {
    const ELAPSED = /performance\.now\(\)\s*-[^;]*\/\s*(1e3|1000)\b/;
    const next = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (step) => (ELAPSED.test(step) ? 0 : next(step));
})();
