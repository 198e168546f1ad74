import { chromium } from "playwright-core"; import { readFileSync } from "node:fs";
const [look, cols, scale, ...states] = process.argv.slice(2);
const dir = "/work/main/test-results/screenshots";
const w = look === "phone" ? 390 : 900, hgt = look === "phone" ? 780 : 760, crop = look==="phone"?0:(look==='rtl'?0:460);
const cw = look === "phone" ? 390 : 440;
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox","--disable-gpu","--disable-dev-shm-usage"] });
const p = await b.newPage({ viewport: { width: Math.round(cols * cw * scale), height: Math.round(Math.ceil(states.length / cols) * hgt * scale) } });
const html = states.map(s => `<div style="width:${cw*scale}px;height:${hgt*scale}px;overflow:hidden;float:left;outline:1px solid red"><img style="width:${w*scale}px;margin-left:${-crop*scale}px" src="data:image/png;base64,${readFileSync(`${dir}/${look}-${s}.png`).toString("base64")}"></div>`).join("");
await p.setContent(`<body style="margin:0">${html}`); await p.screenshot({ path: `/tmp/sheets/${look}-${states[0]}.png` }); await b.close();
