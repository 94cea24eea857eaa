// What only the browser knows: where the focus was before a part of the page was drawn anew, and the back button.
globalThis.sandboxPage = (() => {
  let last = null; // the spot that had the focus, null where there was none
  let ground = null; // the same, below all modals
  const inModals = new Map(); // the same in each modal, by the id of its view

  document.addEventListener("focusin", ({ target }) => {
    if (target.closest(".q-menu")) return; // it gives the focus back to what opened it
    last = target.closest("[data-spot]")?.dataset.spot ?? null;
    if (!target.closest(".q-dialog")) ground = last;
    else if (last) inModals.set(last.split("/")[0], last);
  });

  addEventListener("popstate", () => emitEvent("place", location.pathname.split("/")[3] ?? ""));

  const FIRST = ".modal-body :is(input:checked, input:not([type=radio]), textarea, select, button), .modal-foot .primary, .modal-foot .press";
  const at = (spot) => spot && document.querySelector(`[data-spot="${CSS.escape(spot)}"]`);

  // The library opens its menus and gives them their role; the arrow keys that go with it are ours.
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const items = [...(event.target.closest("[role=menu]")?.querySelectorAll("[role=menuitem]") ?? [])];
    if (!step || !items.length) return;
    event.preventDefault();
    const place = items.indexOf(document.activeElement) + (step > 0 ? 1 : -1);
    items.at(place < -1 ? -1 : place % items.length).focus();
  });

  // A menu that narrows down as one types. The library would write behind the name that was chosen, and let Enter pass
  // while nothing is marked; people mean to type over it, and to take the first that fits.
  let typedInto = null; // the menu whose words are somebody's own, not yet a choice
  const menuOf = (target) => target.matches?.(".q-select [role=combobox]") ? target : null;
  const begin = (menu) => menu && menu !== typedInto && menu.select();
  const isText = ({ key, ctrlKey, metaKey, altKey }) => (key.length === 1 || key === "Backspace") && !ctrlKey && !metaKey && !altKey;

  document.addEventListener("input", ({ target }) => { typedInto = menuOf(target) ?? typedInto; });
  document.addEventListener("focusout", ({ target }) => { if (target === typedInto) typedInto = null; });
  document.addEventListener("click", ({ target }) => { if (target.closest("[role=option]")) typedInto = null; }, true);
  document.addEventListener("paste", ({ target }) => begin(menuOf(target)), true);
  document.addEventListener("keydown", (event) => {
    const menu = menuOf(event.target);
    if (menu && isText(event)) begin(menu);
    if (!menu || event.key !== "Enter" || menu !== typedInto) return;
    if (menu.value && menu.getAttribute("aria-expanded") === "true" && !menu.hasAttribute("aria-activedescendant")) {
      menu.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", code: "ArrowDown", keyCode: 40, bubbles: true }));
    }
    typedInto = null;
  }, true);

  const setValue = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
  const soon = (deed) => requestAnimationFrame(() => requestAnimationFrame(deed));
  const isLost = () => document.activeElement === document.body || document.activeElement?.classList.contains("q-dialog__inner");

  return {
    restoreFocus: () => soon(() => isLost() && at(last)?.focus()),
    enterModal: (view) => soon(() => (at(inModals.get(view)) ?? document.querySelector(FIRST))?.focus()),
    leaveModals: () => soon(() => isLost() && at(ground)?.focus()),
    markComposer: (marks) => {
      const composer = at("composer");
      for (const [name, value] of Object.entries(marks)) {
        value === null ? composer?.removeAttribute(name) : composer?.setAttribute(name, value);
      }
    },
    // Puts a text in the place of another one at the beginning, or into an empty field, as if somebody had typed it.
    writeComposer: (over, text) => {
      const composer = at("composer");
      const typed = composer?.value ?? "";
      if (!composer || !typed.startsWith(over) || (!over && typed)) return;
      setValue.call(composer, text + typed.slice(over.length));
      composer.dispatchEvent(new Event("input", { bubbles: true }));
    },
    focusFirstError: () => soon(() => {
      const wrong = document.querySelector(".modal .is-wrong");
      wrong?.querySelector("input, textarea, button")?.focus();
      wrong?.scrollIntoView({ block: "nearest" }); // with the sentence below the field
    }),
  };
})();
