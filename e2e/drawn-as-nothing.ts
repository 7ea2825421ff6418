// Lets a real Chromium draw every code point that counts as seen, and finds those of which nothing is:
// they would reach a reader unmarked, whatever the tables of Unicode in this engine say of them.
import assert from 'node:assert/strict';
import { isHidden, numberOf } from '../packages/core/src/hidden-characters.ts';
import { openBrowser } from './browser-page.ts';
import { findBrowser } from './find-browser.ts';

/** Seen by the gap that they keep open, as whoever reads knows them: in French before a colon, too. */
const spaces = new Set([' ', '\u00A0', '\u202F', '\u3000']);

/** A point that Unicode will never assign, so that no font has it: what is drawn is the box for that. */
const noCharacter = '\u{5FFFE}';

/** Runs in the page: what each text darkens of its cell of a canvas, as a number; 0 is nothing. */
const drawEach = `(texts) => {
  const [cell, columns] = [64, 64];
  const canvas = new OffscreenCanvas(columns * cell, Math.ceil(texts.length / columns) * cell);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.font = '16px sans-serif';
  for (const [at, text] of texts.entries()) {
    const [x, y] = [(at % columns) * cell, Math.floor(at / columns) * cell];
    context.save();
    context.beginPath();
    context.rect(x, y, cell, cell);
    context.clip();
    context.fillText(text, x + 24, y + 40);
    context.restore();
  }
  const { data, width } = context.getImageData(0, 0, canvas.width, canvas.height);
  const drawn = texts.map(() => 0);
  for (let pixel = 0; pixel * 4 < data.length; pixel += 1) {
    const dark = data[pixel * 4 + 3];
    if (dark === 0) continue;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const at = Math.floor(y / cell) * columns + Math.floor(x / cell);
    drawn[at] = (drawn[at] * 31 + ((y % cell) * cell + (x % cell)) * 256 + dark) % 4294967291 || 1;
  }
  return drawn;
}`;

const program = findBrowser(process.env);
if (program === null) {
  console.error('No browser is here. Install Chromium, or name one in CHROMIUM.');
  process.exit(1);
}
const all = Array.from({ length: 0x11_00_00 }, (_, point) => String.fromCodePoint(point));
const shown = all.filter((text) => !isHidden(text));
// What counts as hidden is drawn too, so that the measure itself is seen to work: points that a browser
// leaves out whatever fonts there are.
const planted = ['\u200B', '\u034F', '\u2060', '\u{E0100}'];
const texts = [...shown, ...planted, noCharacter];
const drawings: number[] = [];
const page = await openBrowser(program);
try {
  for (let first = 0; first < texts.length; first += 4096) {
    const part = JSON.stringify(texts.slice(first, first + 4096));
    const drawn = await page.evaluate(`(${drawEach})(${part})`);
    assert.ok(Array.isArray(drawn));
    drawings.push(...drawn.map(Number));
  }
} finally {
  await page.close();
}
assert.equal(drawings.length, texts.length);
const box = drawings.at(-1);
const boxes = box === 0 ? 0 : drawings.filter((drawing) => drawing === box).length - 1;
const unseen = texts.filter((_, at) => drawings[at] === 0);
const found = planted.filter((text) => unseen.includes(text)).length;
const unmarked = unseen.filter((text) => !spaces.has(text) && !planted.includes(text));
const names = unmarked.map(numberOf).join(', ');
console.log(`code points that count as seen, of 1,114,112: ${shown.length} drawn`);
console.log(`of these nothing was seen of: ${unmarked.length} (must be 0) ${names}`);
console.log(`of these no font is here, so nothing is told of them: ${boxes}`);
console.log(`planted ones found: ${found} (must be ${planted.length})`);
const isGood = unmarked.length === 0 && found === planted.length;
console.log(isGood ? 'All is seen that counts as seen.' : 'Something counts as seen and is not.');
process.exitCode = isGood ? 0 : 1;
