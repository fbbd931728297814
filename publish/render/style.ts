/** The one stylesheet of the site. Figures read --ink, --paper, --quiet, --line and --accent. */
export const style = `
:root { color-scheme: light dark; --ink: #1b1f23; --paper: #ffffff; --quiet: #57606a; --line: #d0d7de; --wash: #f6f8fa; --accent: #0062a3; --warn: #9a4a00; --bad: #b53a00;
  --keyword: #a0265e; --string: #0b6134; --number: #6d4a00; --comment: #57606a; --type: #6f3fb5; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8ea; --paper: #14171a; --quiet: #a4adb6; --line: #3a424a; --wash: #1c2126; --accent: #6cbcf0; --warn: #f0b35c; --bad: #ff9166;
  --keyword: #f08cba; --string: #7fd3a3; --number: #e3bf6f; --comment: #a4adb6; --type: #c3a1ff; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0 auto; padding: 1rem 1.25rem 4rem; max-width: 1000px; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: break-word; }
code, pre, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.875em; }
a { color: var(--accent); text-underline-offset: 0.15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 1rem 0 0.5rem; max-width: 34ch; }
h2 { font-size: 1.35rem; margin: 2.5rem 0 0.5rem; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 0.25rem; }
p, ul, ol, dl { max-width: 68ch; }
.question { font-size: 1.1rem; color: var(--quiet); margin: 0 0 0.75rem; }
.answer { font-size: 1.2rem; line-height: 1.4; border-left: 4px solid var(--accent); padding: 0.25rem 0 0.25rem 0.9rem; margin: 0 0 1rem; }
.answer.unknown { border-color: var(--warn); }
.answer-in-place { border-left: 4px solid var(--line); padding-left: 0.9rem; }
.provenance { border-block: 1px solid var(--line); padding: 0.5rem 0; font-size: 0.875rem; color: var(--quiet); }
.provenance p { margin: 0.2rem 0; max-width: none; display: flex; flex-wrap: wrap; gap: 0.15rem 0.9rem; align-items: baseline; }
.provenance p > span[data-provenance] { display: contents; }
.provenance a { font-variant-numeric: tabular-nums; }
.provenance .repeat code { overflow-wrap: anywhere; color: var(--ink); }
button { font: inherit; font-size: 0.8rem; color: var(--accent); background: none; border: 1px solid var(--line); border-radius: 4px; padding: 0.1rem 0.5rem; cursor: pointer; }
nav.home { font-size: 0.875rem; }
nav.contents { margin: 1rem 0; font-size: 0.925rem; }
nav.contents summary { cursor: pointer; color: var(--quiet); }
nav.contents ol { margin: 0.25rem 0; padding-left: 1.4rem; }
@media (min-width: 1460px) { nav.contents { position: fixed; top: 1.5rem; left: calc(50% + 520px); width: 200px; margin: 0; max-height: 90vh; overflow: auto; } }
section.cell { margin: 0.75rem 0; }
details > summary { cursor: pointer; color: var(--quiet); font-size: 0.875rem; }
details.code { position: relative; }
details.code .copy { position: absolute; top: 0; right: 0; }
details.code:not([open]) .copy { display: none; }
pre { background: var(--wash); border: 1px solid var(--line); border-radius: 4px; padding: 0.75rem; overflow-x: auto; margin: 0.5rem 0; line-height: 1.45; }
pre.printed { background: none; }
pre.stderr { border-left: 4px solid var(--warn); }
.t-keyword { color: var(--keyword); } .t-string { color: var(--string); } .t-number { color: var(--number); } .t-comment { color: var(--comment); } .t-class { color: var(--type); }
figure.plot { margin: 1.5rem 0 2rem; }
.figure-title { margin: 0; font-size: 1.1rem; }
.figure-title .anchor { font-weight: 400; color: var(--quiet); text-decoration: none; font-size: 0.875rem; margin-right: 0.35rem; }
.figure-title .anchor:hover { text-decoration: underline; }
.figure-subtitle { margin: 0.1rem 0 0.5rem; color: var(--quiet); font-size: 0.925rem; max-width: 80ch; }
figcaption { font-size: 0.85rem; color: var(--quiet); max-width: 80ch; margin-top: 0.25rem; }
.drawing { max-width: 960px; }
.drawing svg { display: block; max-width: 100%; height: auto; }
details.data { margin-top: 0.35rem; }
.scroll { overflow-x: auto; max-width: 100%; }
details.data .scroll { max-height: 24rem; overflow: auto; }
table { border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 0.2rem 0.75rem 0.2rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
ul.files { overflow-wrap: anywhere; }
.run-card .outcome { font-weight: 600; } .run-card .success { color: var(--accent); } .run-card .failure, .run-card .crash, .run-card .timeout { color: var(--bad); } .run-card .canceled, .run-card .unknown { color: var(--quiet); }
dl.versions { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; max-width: none; font-size: 0.875rem; } dl.versions div { display: flex; gap: 0.4rem; } dl.versions dt { color: var(--quiet); } dl.versions dd { margin: 0; overflow-wrap: anywhere; }
ul.pages { list-style: none; padding: 0; } ul.pages li { margin: 1rem 0; } ul.pages h2 { margin: 0; font-size: 1.1rem; } ul.pages p { margin: 0.1rem 0; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 1rem; top: 0.5rem; background: var(--paper); padding: 0.5rem; }
@media (max-width: 480px) { body { padding: 0.5rem 0.75rem 3rem; } h1 { font-size: 1.5rem; } .answer { font-size: 1.05rem; } }
@media print { :root { color-scheme: light; --ink: #000; --paper: #fff; --quiet: #444; --line: #bbb; --wash: #fff; --accent: #004a7c; } details.code, details.data, button, nav, .skip { display: none; } figure.plot { break-inside: avoid; } }
`
