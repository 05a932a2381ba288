"use strict";
/*
 * The filter of the error view. Without it the page shows everything; it only hides what is there.
 *
 * Every mark and every listed error bears data-verdict and data-type. What is not chosen loses its mark; a paper
 * in which nothing chosen is left is hidden, as long as anything is left out at all.
 */
(() => {
  const form = document.getElementById("filter");
  const boxes = [...form.querySelectorAll("input")];
  const shown = document.getElementById("shown");
  const papers = [...document.querySelectorAll("article")].map((article) => ({
    article,
    marks: [...article.querySelectorAll("mark")],
    items: [...article.querySelectorAll("li")],
  }));
  const notErrors = new Set(["right", "optional"]);

  function apply() {
    const chosen = { verdict: new Set(), type: new Set() };
    for (const box of boxes) if (box.checked) chosen[box.name].add(box.value);
    const everything = boxes.every((box) => box.checked);
    const fits = (element) => chosen.verdict.has(element.dataset.verdict) && chosen.type.has(element.dataset.type);
    let count = 0;
    for (const { article, marks, items } of papers) {
      let any = everything;
      for (const mark of marks) {
        const on = fits(mark);
        mark.classList.toggle("off", !on);
        any = any || on;
      }
      for (const item of items) item.hidden = !fits(item);
      article.hidden = !any;
      count += any;
    }
    shown.textContent = `${count} of ${papers.length} papers`;
  }

  function choose(isChosen) {
    for (const box of boxes) box.checked = isChosen(box);
    apply();
  }

  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("all").addEventListener("click", () => choose(() => true));
  document.getElementById("errors-only").addEventListener("click", () =>
    choose((box) => box.name === "type" || !notErrors.has(box.value)));
  document.getElementById("choices").hidden = false;
  apply();
})();
