// Show how far something has come, without loading the page again; it stops when that is done.
const LOOK_MS = 2000;

/** @param {HTMLElement} region an element with data-progress and an id, which the page has again */
export function progress(region) {
  async function look() {
    const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById(region.id);
    if (!answer.ok || !now) {
      return;
    }
    if (!now.hasAttribute("data-progress")) {
      window.location.reload(); // done: other buttons and tables belong on the page now
      return;
    }
    region.replaceChildren(...now.childNodes);
    setTimeout(look, LOOK_MS);
  }

  setTimeout(look, LOOK_MS);
}
