/* A page that waits for a job asks now and then whether it is done, and shows the outcome where the waiting stood.
   Without this script the page has a link that does the same. */
{
  const AGAIN = 2000;
  const LONGEST = 90;
  const main = document.querySelector("main");
  let asked = 0;

  const show = (answer) => {
    const fresh = answer.querySelector("main");
    if (fresh && !fresh.querySelector("[data-wacht]")) {
      main.replaceChildren(...document.adoptNode(fresh).childNodes);
      const title = main.querySelector("h1");
      title.tabIndex = -1;
      title.focus();
    } else {
      later();
    }
  };

  const ask = () => {
    const request = new XMLHttpRequest();
    request.open("GET", window.location.href);
    request.responseType = "document";
    request.onload = () => {
      if (request.status === 200 && request.response) {
        show(request.response);
      }
    };
    request.onerror = later;
    request.send();
  };

  const later = () => {
    asked += 1;
    if (asked < LONGEST) {
      window.setTimeout(ask, AGAIN);
    }
  };

  if (main && main.querySelector("[data-wacht]")) {
    later();
  }
}
