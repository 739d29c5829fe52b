// Leaves the page at once, by the link or by pressing Shift three times. Back does not return here,
// because the page is replaced in the browser's list. Without this file the link is an ordinary link.
(function () {
  "use strict";
  const link = document.querySelector("[data-leave]");
  if (!link) return;
  const MOMENT = 2000;
  let presses = [];

  function leave() {
    document.body.hidden = true;
    document.title = "Loading";
    window.location.replace(link.href);
  }

  link.addEventListener("click", function (event) {
    event.preventDefault();
    leave();
  });

  document.addEventListener("keyup", function (event) {
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    const now = Date.now();
    presses = presses.filter((time) => now - time < MOMENT).concat(now);
    if (presses.length >= 3) leave();
  });
})();
