// Put a question only when the answer that it depends on has been given; without scripts all stand.

/** @param {HTMLFormElement} form a form with questions in elements with data-shown-by */
export function conditional(form) {
  const questions = [...form.querySelectorAll("[data-shown-by]")];

  function update() {
    const given = new FormData(form);
    for (const question of questions) {
      const { shownBy, shownValue } = question.dataset;
      question.hidden = !given.getAll(shownBy).includes(shownValue);
    }
  }

  form.addEventListener("change", update);
  update();
}
