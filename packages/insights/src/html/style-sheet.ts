/** The page's whole style. A constant: its hash stands in the page's security policy. */
export const styleSheet = `
:root{color-scheme:light dark;--paper:#f7f5f0;--card:#fffefb;--ink:#1c2326;--soft:#56626a;--line:#e0dbcf;--accent:#17645f;--fill:#2c817a;--track:#e9e5da;--quiet:#b9cfcb;--warn:#855000;--warn-back:#fbf1dc;--warn-line:#ecd6a8}
@media (prefers-color-scheme:dark){:root{--paper:#121618;--card:#1a2023;--ink:#e9ecea;--soft:#a2aeb3;--line:#2f383c;--accent:#7fd0c6;--fill:#55b3a8;--track:#2a3235;--quiet:#355a57;--warn:#e9bf70;--warn-back:#2a2415;--warn-line:#4d411f}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",Arial,sans-serif;font-variant-numeric:tabular-nums}
.page{max-width:1080px;margin:0 auto;padding:40px 20px 56px}
h1,h2,h3,p,ol,ul,dl,dd{margin:0}
ol,ul{padding:0;list-style:none}
a{color:var(--accent);text-underline-offset:2px}
code{font:0.85em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.skip{position:absolute;left:-999px}
.skip:focus{left:12px;top:12px;background:var(--card);padding:8px 12px;z-index:2}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
.eyebrow{font-size:13px;font-weight:600;color:var(--accent)}
h1{font-size:clamp(26px,4.4vw,38px);line-height:1.15;letter-spacing:-0.02em;margin:4px 0 10px;text-wrap:balance;overflow-wrap:anywhere}
h2{font-size:21px;letter-spacing:-0.01em;margin:44px 0 14px}
h3{font-size:15px;font-weight:600;line-height:1.35}
.meta{display:flex;flex-wrap:wrap;gap:4px 18px;color:var(--soft);font-size:14.5px;align-items:baseline}
.note{background:var(--warn-back);border:1px solid var(--warn-line);color:var(--warn);border-radius:8px;padding:9px 13px;margin-top:14px;font-size:14.5px}
.findings{display:grid;gap:14px;grid-template-columns:repeat(auto-fit,minmax(290px,1fr))}
.grid{display:grid;gap:14px;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr));align-items:start}
.stack + .grid{margin-top:14px}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:18px 20px;min-width:0}
.card:has(details.rows[open]){grid-column:1/-1}
.finding{display:flex;flex-direction:column;gap:10px}
.finding .topic{display:flex;gap:10px;align-items:baseline;color:var(--soft);font-size:13.5px;font-weight:600}
.finding .rank{color:var(--accent);font-size:22px;font-weight:700;line-height:1}
.finding .sentence{font-size:17px;line-height:1.42;text-wrap:pretty;overflow-wrap:anywhere}
.finding .next{color:var(--soft);font-size:14.5px;padding-left:19px;position:relative}
.finding .next::before{content:"→";position:absolute;left:0;color:var(--accent)}
.finding .foot{margin-top:auto;font-size:14px}
.quiet{color:var(--soft);font-size:14.5px}
.findings + .quiet{margin-top:12px}
.lead{margin:-6px 0 12px}
summary{cursor:pointer;list-style:none;border-radius:3px}
summary::-webkit-details-marker{display:none}
.opens{color:var(--accent);font-size:13.5px;text-decoration:underline;text-underline-offset:2px;text-decoration-thickness:1px}
summary .opens::after{content:" ▸";display:inline-block;text-decoration:none;font-size:10px;margin-left:3px}
details[open]>summary .opens::after{content:" ▾"}
.value{font-size:31px;font-weight:650;letter-spacing:-0.02em;line-height:1.2;white-space:nowrap;margin-right:10px}
.rows>summary{margin:2px 0 6px}
.spread{display:flex;flex-wrap:wrap;gap:2px 18px;font-size:13.5px;color:var(--soft)}
.spread div{display:flex;gap:6px}
.spread dd{color:var(--ink);font-weight:550}
.drawings{display:grid;gap:14px 32px;grid-template-columns:repeat(auto-fit,minmax(min(100%,280px),1fr));margin-top:16px}
figure{margin:0;min-width:0}
figcaption{font-size:13px;color:var(--soft);margin-bottom:4px}
.chart{display:block;width:100%;max-width:460px;height:auto}
.card>.chart{margin:14px 0 2px}
.chart text{font-size:11px;fill:var(--soft);font-family:inherit}
.chart .end{text-anchor:end}.chart .middle{text-anchor:middle}
.chart .count,.chart .part,.chart .part-value{fill:var(--ink)}
.chart .part{font-size:12.5px}.chart .part-value{font-size:12px}
.axis{stroke:var(--soft);stroke-width:1}.rule{stroke:var(--line);stroke-width:1}
.bar{fill:var(--fill)}.track{fill:var(--track)}
.line{fill:none;stroke:var(--fill);stroke-width:2;stroke-linejoin:round}
.dot{fill:var(--fill)}
.chart .unknown-mark{text-anchor:middle;fill:var(--warn)}
.unknown-bar{fill:none;stroke:var(--warn);stroke-dasharray:3 3;opacity:.7}
.mark-agent{fill:var(--accent)}.mark-assisted{fill:var(--fill);opacity:.62}.mark-none{fill:var(--quiet)}.mark-unknown{fill:var(--track);stroke:var(--soft);stroke-dasharray:3 3;stroke-width:.8}
.legend{display:flex;flex-wrap:wrap;gap:3px 16px;font-size:13.5px;color:var(--soft);margin-top:8px}
.legend svg{width:11px;height:11px;margin-right:6px;vertical-align:-1px}
.caption{font-size:13px;color:var(--soft);margin-top:10px}
.caveats{margin-top:12px;font-size:13.5px;color:var(--soft);display:grid;gap:3px}
.caveats li{padding-left:14px;position:relative}
.caveats li::before{content:"";position:absolute;left:1px;top:.66em;width:5px;height:5px;border-radius:50%;background:var(--quiet)}
.chips{margin-top:8px;font-size:13px;color:var(--warn);overflow-wrap:anywhere}
.chips a{color:var(--warn)}
.about{margin-top:10px;font-size:13.5px;color:var(--soft)}
.about p{margin-top:6px;max-width:68ch}
.scroll{overflow:auto;max-height:27rem;border:1px solid var(--line);border-radius:8px;margin:8px 0 4px;background:var(--card)}
table{border-collapse:collapse;width:100%;font-size:13.5px;line-height:1.4}
th,td{text-align:left;padding:6px 11px;vertical-align:top;border-bottom:1px solid var(--line)}
tbody tr:last-child td{border-bottom:0}
th{position:sticky;top:0;background:var(--card);font-weight:600;color:var(--soft);white-space:nowrap;box-shadow:inset 0 -1px var(--line)}
td{white-space:nowrap}
td.title{white-space:normal;min-width:15em;max-width:34em;overflow-wrap:anywhere}
td.key{max-width:13em;overflow:hidden;text-overflow:ellipsis}
.unknown{color:var(--warn);font-style:normal}
.unknowns{display:grid;gap:18px 36px;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr))}
.unknowns .about{margin-top:4px}
.unknowns + .chips{margin-top:16px}
.repository{display:grid;gap:10px}
.repository h3{font-size:16px;overflow-wrap:anywhere}
.stats{display:flex;flex-wrap:wrap;gap:8px 22px;font-size:14px;color:var(--soft)}
.stats .rows>summary{margin:0}
.stats .opens{font-size:14px;color:var(--soft)}
.stats .opens strong{color:var(--accent)}
.stats details[open]{flex-basis:100%}
.stats strong,.meta strong{color:var(--ink);font-weight:600}
.meta details[open]{flex-basis:100%}
.stack{display:grid;gap:14px}
.gaps li{padding:11px 0;border-bottom:1px solid var(--line);font-size:15px}
.gaps li:first-child{padding-top:0}.gaps li:last-child{border-bottom:0;padding-bottom:0}
.gaps li:target{background:var(--warn-back)}
.gaps code{color:var(--warn)}
.gaps .where{color:var(--soft);font-size:13.5px}
.checks{font-size:14px;display:grid;gap:4px;margin-top:8px}
.roster{columns:3 12em;font-size:14px;margin-top:6px}
.ask{border-left:3px solid var(--accent);padding:4px 0 4px 15px;margin-top:40px}
.ask code{display:block;font-size:15px;margin-top:4px;user-select:all;overflow-wrap:anywhere}
footer{color:var(--soft);font-size:13.5px;margin-top:24px;display:grid;gap:4px;max-width:74ch}
@media (max-width:520px){.page{padding:24px 14px 40px}.card{padding:15px 15px}.value{font-size:27px}h2{margin-top:34px}td.title{min-width:12em}}
@media print{:root{color-scheme:light;--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#ccc;--accent:#0b4f4a;--fill:#3b8a83;--track:#eee;--quiet:#bbb;--warn:#6b4100;--warn-back:#fff;--warn-line:#ccc}body{font-size:10.5pt}.findings{grid-template-columns:repeat(3,1fr)}.finding .sentence{font-size:11pt}.card{padding:12px 14px}h2{margin-top:26px}.page{max-width:none;padding:0}.card{break-inside:avoid}.scroll{max-height:none;overflow:visible;border:0}th{position:static}h2{break-after:avoid}a{color:inherit}.skip,.opens::after{display:none}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
