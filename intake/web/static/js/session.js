/* Two minutes before the session ends: say so, and let it go on with one press. Asking how long is left does not make it
   longer, and other windows may have kept it alive, so the server is asked again before anything is said. */
{
  const dialog = document.getElementById("sessie");
  const SECOND = 1000;

  const ask = async (method) => {
    const answer = await fetch(dialog.dataset.url, {
      method,
      headers: { "X-CSRF-Token": dialog.dataset.teken, Accept: "application/json" },
    });
    return answer.ok ? answer.json() : null;
  };

  const plan = (left, warn) => {
    window.setTimeout(look, Math.max(1, left - warn + 1) * SECOND);
  };

  const look = async () => {
    const state = await ask("GET").catch(() => null);
    if (!state) {
      return;
    }
    if (state.seconden_over > state.waarschuwen_bij) {
      plan(state.seconden_over, state.waarschuwen_bij);
    } else if (!dialog.open) {
      dialog.showModal();
    }
  };

  const stay = async () => {
    const state = await ask("POST").catch(() => null);
    dialog.close();
    if (state) {
      window.setTimeout(look, SECOND);
    }
  };

  if (dialog) {
    dialog.querySelector("button").addEventListener("click", stay);
    look();
  }
}
