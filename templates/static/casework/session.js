// Sends the record of a session. Where the server is not reached, the page keeps what was typed, stores it nowhere, and
// sends it again: by itself when there is a connection, and on the button. The form's key makes it one session.
(function () {
  "use strict";
  const unsent = document.querySelector("[data-unsent]");
  const why = unsent.querySelector("[data-why]");
  const WAIT = 20000;
  const OFFLINE = "There is no connection. It is sent by itself when there is one: keep this page open.";
  const FAULT = "The service cannot save it at this moment. It is tried again: keep this page open.";
  const LOCKED = "This page is locked. Open it again, then send.";
  let form = null;
  let button = null;
  let typed = false; // something stands here that the server does not have
  let busy = false;

  document.addEventListener("input", () => { typed = true; });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-record]")) return;
    if (!AbortSignal.timeout) {
      typed = false; // an older browser sends it by itself
      return;
    }
    event.preventDefault();
    form = event.target;
    button = event.submitter;
    send();
  });
  window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
  window.addEventListener("online", again);
  window.setInterval(again, WAIT);
  unsent.querySelector("[data-again]").addEventListener("click", send);

  function again() {
    if (!unsent.hidden && document.visibilityState === "visible") send();
  }

  function keep(words) {
    why.textContent = words;
    form.inert = true; // the first sending may have arrived: what is sent again is the same
    unsent.hidden = false;
  }

  async function send() {
    if (busy) return;
    busy = true;
    const fields = new URLSearchParams(new FormData(form));
    if (button && button.name) fields.append(button.name, button.value);
    try {
      await answered(await fetch(window.location.href, {
        method: "POST",
        body: fields,
        headers: { Accept: "application/json" },
        redirect: "manual",
        cache: "no-store",
        signal: AbortSignal.timeout(WAIT),
      }));
    } catch (error) {
      keep(OFFLINE);
    }
    busy = false;
  }

  async function answered(answer) {
    const isOurs = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    if (answer.type === "opaqueredirect" || answer.status === 423 || answer.status === 403) {
      keep(LOCKED);
      document.dispatchEvent(new Event("lock:ask"));
    } else if (answer.ok && isOurs) {
      const said = await answer.json();
      typed = false;
      window.location.replace(said.done);
    } else if (answer.ok || answer.status === 410) {
      show(await answer.text());
    } else {
      keep(FAULT);
    }
  }

  // What is to be mended, what the school sees, or that the case has closed and the words are kept.
  function show(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const main = page.querySelector("main");
    document.querySelector("main").replaceWith(main);
    document.title = page.title;
    typed = Boolean(main.querySelector("[data-record]"));
    unsent.hidden = true;
    const first = main.querySelector("[autofocus]");
    if (first) first.focus();
  }
})();
