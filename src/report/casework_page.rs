//! What the pages of the desk share: one file that needs nothing but itself, on screen and paper.

use maud::Markup;

/// Every text has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3); no state is told by colour alone.
const STYLE: &str = "
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { font: 16px/1.45 'Noto Sans', 'Segoe UI', Arial, sans-serif; color: #1a1a1a; background: #fff; margin: 0 auto; max-width: 72rem; padding: 1rem; }
h1 { font-size: 1.6rem; margin: .5rem 0; } h2 { font-size: 1.3rem; margin: 2rem 0 .3rem; } h3 { font-size: 1.1rem; margin: 1.4rem 0 .4rem; }
p { margin: .3rem 0; } ul, ol { margin: .3rem 0; }
.quiet { color: #4f4f4f; } .missing { overflow-wrap: anywhere; }
.counts { display: flex; flex-wrap: wrap; gap: .6rem; list-style: none; padding: 0; margin: .8rem 0; }
.counts li { border: 2px solid; border-radius: .4rem; padding: .3rem .8rem; }
.counts b { font-size: 1.4rem; margin-right: .2rem; }
.hearings { list-style: none; padding: 0; }
.hearing { display: grid; grid-template-columns: 4rem minmax(0, 1fr) 11rem; gap: .2rem 1rem; border-top: 1px solid #c8c8c8; padding: .6rem 0 .6rem .6rem; border-left: .4rem solid; }
.hearing > * { color: #1a1a1a; } .hearing ul { padding-left: 1.2rem; }
.time { font-weight: 600; font-variant-numeric: tabular-nums; }
.state { font-weight: 600; }
.bad { color: #9b1c1c; border-color: #9b1c1c; } .gaps { color: #7a4a00; border-color: #b26b00; } .good { color: #1e6b32; border-color: #1e6b32; }
.hearing .bad, .hearing .state.bad { color: #9b1c1c; } .hearing .state.gaps { color: #7a4a00; } .hearing .state.good { color: #1e6b32; }
.loud { color: #9b1c1c; font-weight: 600; } .hearing .loud { color: #9b1c1c; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; min-width: 60rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid #c8c8c8; }
@media (max-width: 40rem) {
  .hearing { grid-template-columns: 4rem minmax(0, 1fr); }
  .hearing .state { grid-column: 2; grid-row: 1; } .hearing .what { grid-column: 1 / -1; }
}
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  body { font-size: 10.5pt; max-width: none; padding: 0; }
  .hearing, tr, .counts { break-inside: avoid; } h2, h3, h2 + p, h3 + p { break-after: avoid; }
  table { min-width: 0; } .scroll { overflow: visible; } .sheet + .sheet { break-before: page; }
}
";

/// A page of the desk with its title.
pub(super) fn page(title: &str, body: &Markup) -> String {
    super::page::page(title, STYLE, body)
}
