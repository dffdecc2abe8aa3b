(function () {
  var chosen = null;
  try { chosen = localStorage.getItem("verity-theme"); } catch (e) { /* a page from a file may have no storage */ }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
})();
