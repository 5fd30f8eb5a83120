// Shows how far work in the background is, and loads its page again once it is over.
const EVERY = 2000; // milliseconds

/**
 * @param {Element} shown has the address to ask (`data-progress`), a bar and a text.
 */
export function follow(shown) {
  const address = shown.getAttribute("data-progress") ?? "";
  const bar = shown.querySelector("progress");
  const text = shown.querySelector("[data-progress-text]");

  async function look() {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    const state = answer.ok ? await answer.json() : null;
    if (state && !state.running) {
      window.location.reload();
      return;
    }
    if (state && bar && text) {
      bar.value = state.percent;
      text.textContent = `${state.percent}%`;
    }
    again();
  }

  function again() {
    window.setTimeout(() => look().catch(again), EVERY); // the network may be away for a while
  }

  again();
}
