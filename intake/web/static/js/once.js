/* A second click on the same button sends nothing; the server would make one thing of it anyway. */
{
  const PAUSE = 4000;
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) {
      return;
    }
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "ja";
    window.setTimeout(() => delete form.dataset.sent, PAUSE);
  });
}
