// Sends a form only while the service can be reached: without a connection the browser would leave the page, and what
// was typed with it. The words stay in the form, and are stored nowhere; its one-time key makes sure they count once.
(function () {
  "use strict";
  const WRITTEN = "form.case-form[method=post]";
  const PATIENCE = 10000;
  const LOST = "There is no connection. Nothing was sent, and what you typed still stands here, but nowhere else. Leave this page open, and send it again when you are connected.";
  const BACK = "You are connected again. What you typed has not been sent yet: send it now.";
  let asking = false;
  let passed = null;

  async function isReached() {
    try {
      const answer = await fetch("/healthz", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
      return answer.ok;
    } catch (error) {
      return false;
    }
  }

  function said(form) {
    let place = form.querySelector("[data-sending]");
    if (!place) {
      place = document.createElement("div");
      place.className = "case-summary";
      place.dataset.sending = "";
      place.setAttribute("role", "alert");
      place.append(document.createElement("p"));
      form.querySelector("[type=submit]").parentElement.before(place);
    }
    return place.firstChild;
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches(WRITTEN) || form === passed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (asking) return;
    asking = true;
    const isSent = await isReached();
    asking = false;
    if (isSent) {
      passed = form;
      form.requestSubmit(event.submitter);
      passed = null;
    } else {
      said(form).textContent = LOST;
    }
  }, true);

  window.addEventListener("online", () => {
    document.querySelectorAll("[data-sending] p").forEach((words) => { words.textContent = BACK; });
  });
})();
