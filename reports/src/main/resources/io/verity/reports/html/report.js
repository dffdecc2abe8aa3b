(function () {
  "use strict";
  var each = function (selector, f, root) { Array.prototype.forEach.call((root || document).querySelectorAll(selector), f); };

  // Formulas: the source stays in place when it cannot be set.
  if (window.katex) {
    each(".tex", function (span) {
      var source = span.textContent;
      try {
        span.innerHTML = katex.renderToString(source, {
          output: "mathml", displayMode: span.classList.contains("display"), throwOnError: true, trust: false
        });
        span.title = source;
      } catch (e) {
        span.classList.add("unset");
      }
    });
  }

  // Sorting: by the cell's full value where it has one, numbers before text, empty cells last; a third click restores the order.
  var value = function (row, column) {
    var cell = row.cells[column];
    var text = cell.dataset.v !== undefined ? cell.dataset.v : cell.textContent.trim();
    var number = text === "" ? NaN : Number(text);
    return { text: text, number: number, empty: text === "" || text === "–" || text === "NaN" };
  };
  var compare = function (a, b) {
    if (!isNaN(a.number) && !isNaN(b.number)) return a.number - b.number;
    if (!isNaN(a.number)) return -1;
    if (!isNaN(b.number)) return 1;
    return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
  };
  each("table.data", function (table) {
    var body = table.tBodies[0];
    var original = Array.prototype.slice.call(body.rows);
    each("th", function (head, column) {
      head.querySelector("button").addEventListener("click", function () {
        var next = { none: "ascending", ascending: "descending", descending: "none" }[head.getAttribute("aria-sort") || "none"];
        each("th", function (other) { other.removeAttribute("aria-sort"); }, table);
        var rows = original.slice();
        if (next !== "none") {
          head.setAttribute("aria-sort", next);
          var sign = next === "ascending" ? 1 : -1;
          rows = rows.map(function (row, i) { return { row: row, i: i, v: value(row, column) }; });
          rows.sort(function (a, b) {
            if (a.v.empty !== b.v.empty) return a.v.empty ? 1 : -1;
            return sign * compare(a.v, b.v) || a.i - b.i;
          });
          rows = rows.map(function (r) { return r.row; });
        }
        rows.forEach(function (row) { body.appendChild(row); });
      });
    }, table);
  });

  // Filtering: every word of the text must occur; chips of one kind are alternatives, kinds narrow each other.
  var filter = function (table) {
    var input = document.querySelector("input[data-table='" + table.id + "']");
    var words = (input ? input.value : "").toLowerCase().split(/\s+/).filter(Boolean);
    var wanted = {};
    if (table.id === "board") {
      each(".chip[aria-pressed='true']", function (chip) {
        (wanted[chip.dataset.key] = wanted[chip.dataset.key] || []).push(chip.dataset.value);
      });
    }
    var shown = 0;
    each("tbody tr", function (row) {
      var text = row.textContent.toLowerCase();
      var fits = words.every(function (w) { return text.indexOf(w) >= 0; });
      Object.keys(wanted).forEach(function (key) { fits = fits && wanted[key].indexOf(row.dataset[key]) >= 0; });
      row.hidden = !fits;
      if (fits) shown++;
    }, table);
    var count = document.getElementById(table.id + "-count");
    var all = table.tBodies[0].rows.length;
    if (count) count.textContent = shown === all ? "" : shown + " of " + all + " shown";
  };
  each("input[data-table]", function (input) {
    input.addEventListener("input", function () { filter(document.getElementById(input.dataset.table)); });
  });
  each(".chip", function (chip) {
    chip.addEventListener("click", function () {
      chip.setAttribute("aria-pressed", chip.getAttribute("aria-pressed") === "true" ? "false" : "true");
      filter(document.getElementById("board"));
    });
  });

  // A link into something folded away opens it.
  var reveal = function () {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (var e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    if (target.hasAttribute("tabindex")) target.focus({ preventScroll: true });
  };
  window.addEventListener("hashchange", reveal);
  reveal();

  each(".copy", function (button) {
    button.addEventListener("click", function () {
      var code = button.previousElementSibling;
      var done = function () {
        button.textContent = "Copied";
        setTimeout(function () { button.textContent = "Copy"; }, 1500);
      };
      var byHand = function () {
        var range = document.createRange();
        range.selectNodeContents(code);
        var selection = getSelection();
        selection.removeAllRanges();
        selection.addRange(range);
        if (document.execCommand("copy")) done();
      };
      if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(code.textContent).then(done, byHand);
      else byHand();
    });
  });

  var toggle = document.getElementById("theme");
  if (toggle) {
    toggle.addEventListener("click", function () {
      var root = document.documentElement;
      var dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      try { localStorage.setItem("verity-theme", root.dataset.theme); } catch (e) { /* remembered for this page only */ }
    });
  }

  // Paper has no folds and is white.
  var folded = [], theme;
  window.addEventListener("beforeprint", function () {
    theme = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = "light";
    folded = [];
    each("details:not([open])", function (d) { folded.push(d); d.open = true; });
  });
  window.addEventListener("afterprint", function () {
    if (theme) document.documentElement.dataset.theme = theme; else delete document.documentElement.dataset.theme;
    folded.forEach(function (d) { d.open = false; });
  });
})();
