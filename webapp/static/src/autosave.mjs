// Keep what is typed as a draft, some seconds after the last key; the page says so.
const WAIT_MS = 3000;

/** @param {HTMLFormElement} form a form with data-autosave, the address that takes its draft */
export function autosave(form) {
  const status = form.querySelector("[data-autosave-status]");
  let timer;

  async function save() {
    const data = new FormData(form);
    for (const [name, value] of [...data.entries()]) {
      if (value instanceof File) {
        data.delete(name);
      }
    }
    const answer = await fetch(form.dataset.autosave, {
      method: "POST",
      body: data,
      headers: { "X-Requested-With": "autosave" },
    });
    if (status) {
      const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      status.textContent = answer.ok ? `Draft saved at ${time}` : "The draft could not be saved";
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT_MS);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}
