/* Tick boxes that stand beside a text box: ticking one empties the box, typing unticks them. */
{
  for (const group of document.querySelectorAll("[data-of]")) {
    const box = group.querySelector("input[type=text]");
    const ticks = [...group.querySelectorAll("input[type=checkbox]")];
    if (box) {
      box.addEventListener("input", () => {
        for (const tick of ticks) {
          tick.checked = false;
        }
      });
      for (const tick of ticks) {
        tick.addEventListener("change", () => {
          if (tick.checked) {
            box.value = "";
            for (const other of ticks) {
              other.checked = other === tick;
            }
          }
        });
      }
    }
  }
}
