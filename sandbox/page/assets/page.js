// What only the browser knows: where the focus was before a part of the page was drawn anew, and the back button.
globalThis.sandboxPage = (() => {
  let spot = null;

  document.addEventListener("focusin", (event) => {
    spot = event.target.closest("[data-spot]")?.dataset.spot ?? null;
  });

  addEventListener("popstate", () => emitEvent("place", location.pathname.split("/")[3] ?? ""));

  const soon = (deed) => requestAnimationFrame(() => requestAnimationFrame(deed));

  return {
    restoreFocus: () =>
      soon(() => {
        const lost = document.activeElement === document.body || document.activeElement?.classList.contains("q-dialog__inner");
        if (lost && spot) document.querySelector(`[data-spot="${CSS.escape(spot)}"]`)?.focus();
      }),
    focusFirstError: () => soon(() => document.querySelector(".modal .is-wrong :is(input, textarea, button)")?.focus()),
  };
})();
