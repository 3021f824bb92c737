/* The form while it is being filled in: each change is saved, and the server says which questions still matter and
   what the advice is now. Without this script the same happens when a page is saved. */
{
  const WAIT = 600;
  const form = document.querySelector("form[data-live]");
  let timer = 0;
  let running = false;
  let again = false;
  let waiting = null;

  const replace = (answer, id) => {
    const fresh = answer.getElementById(id);
    const old = document.getElementById(id);
    if (fresh && old) {
      old.replaceWith(document.adoptNode(fresh));
    }
  };

  const clearErrors = () => {
    const summary = document.getElementById("fouten");
    if (summary) {
      summary.remove();
    }
    for (const field of form.querySelectorAll("[aria-invalid]")) {
      field.removeAttribute("aria-invalid");
    }
    for (const message of form.querySelectorAll(".form-field__error")) {
      message.hidden = true;
    }
    for (const field of form.querySelectorAll(".form-field--invalid")) {
      field.classList.remove("form-field--invalid");
    }
  };

  const show = (answer) => {
    const state = answer.getElementById("stand");
    if (!state) {
      return;
    }
    form.elements.namedItem("versie").value = state.dataset.versie;
    form.elements.namedItem("stand").value = state.dataset.stand;
    form.elements.namedItem("getoond").value = state.dataset.gevraagd;
    const asked = new Set(state.dataset.gevraagd.split(" "));
    for (const question of form.querySelectorAll("[data-vraag]")) {
      question.hidden = !asked.has(question.dataset.vraag);
    }
    if (state.dataset.klopt === "ja") {
      clearErrors();
    }
    replace(answer, "advies-tot-nu-toe");
    replace(answer, "crisis");
  };

  const done = () => {
    running = false;
    if (waiting) {
      const button = waiting.submitter;
      waiting = null;
      form.requestSubmit(button);
    } else if (again) {
      again = false;
      save();
    }
  };

  const save = () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    const data = new FormData(form);
    data.set("doe", "tussendoor");
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "document";
    request.onload = () => {
      if (request.status === 200 && request.response) {
        show(request.response);
      }
    };
    request.onloadend = done;
    request.send(data);
  };

  /* Each save carries the version of the one before it, so a page waits for the save that is under way. */
  const submit = (event) => {
    window.clearTimeout(timer);
    again = false;
    if (running) {
      event.preventDefault();
      event.stopImmediatePropagation();
      waiting = { submitter: event.submitter };
    }
  };

  const later = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, WAIT);
  };

  if (form) {
    form.addEventListener("change", later);
    form.addEventListener("submit", submit);
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) {
        window.location.reload();
      }
    });
  }
}
