import { vividColours } from './known-markup.ts';

/** What a formula or a drawing holds beside what is drawn of it. */
export interface UndrawnOfBlock {
  unshown: string[];
  otherwise: string[];
}

/** Commands that leave room for what they do not draw, draw it tiny, over something, or rename others. */
const hidingCommands =
  /\\(?:[hv]?phantom|smash|(?:math)?[clr]lap|(?:script)?scriptstyle|scriptscriptstyle|tiny|scriptsize|raisebox|(?:re)?newcommand|def|gdef|edef|let|DeclareMathOperator|newenvironment|require|unicode|char|cssId|class|style|data|href|url|label|(?:math|text?)tip|tooltip|toggle|action|bbox|begin\s{0,9}\{comment\}|if[a-z]*|hidden|invisible|transparent|opacity|(?:h(?:skip|space)|m?kern|ms(?:kip|pace))\s{0,9}\{?\s{0,9}-)(?![a-z])/i;
const colour =
  /\\(?:text|f)?color(?:box)?\s{0,9}(?:\[[^\]]{0,20}\])?\s{0,9}\{?\s{0,9}([#\w.,-]*)/gi;

/** Returns what is told of the words of a paragraph that may hold formulas between signs of dollar. */
export function undrawnOfFormulas(text: string): UndrawnOfBlock {
  const parts = text.split('$');
  if (parts.length < 3) return { unshown: [], otherwise: [] };
  const formulas = parts.filter((body, index) => isFormula(parts, body, index));
  const between = parts.slice(1, -1).join('$');
  const unshown = hides(between) || formulas.some((body) => body.includes('%'));
  return {
    unshown: unshown ? ['a part of a formula'] : [],
    otherwise: formulas.length > 0 ? ['a formula in it is drawn as one'] : [],
  };
}

function isFormula(parts: readonly string[], body: string, index: number): boolean {
  if (index === 0 || index === parts.length - 1 || body === '') return false;
  const isBlock = index >= 2 && parts[index - 1] === '' && parts[index + 1] === '';
  return isBlock || (/^\S/.test(body) && /\S$/.test(body) && !/^\d/.test(parts[index + 1] ?? ''));
}

function hides(formula: string): boolean {
  const colours = [...formula.matchAll(colour)].map(([, name = '']) => name.toLowerCase());
  return hidingCommands.test(formula) || colours.some((name) => !vividColours.has(name));
}

/** Comments, settings, descriptions for those who cannot see, words for a pointer, letters made unseen. */
const undrawnInDrawing =
  /%%|^[^\S\n]*(?:acc(?:title|descr)\b|---|click\b)|\b(?:color|opacity|display|visibility|font-size)[^\S\n]{0,9}:/im;
const mapWords = new Set(
  (
    'arcs bbox coordinates coordinate features feature featurecollection geometries geometry ' +
    'geometrycollection id linestring multilinestring multipoint multipolygon objects point polygon ' +
    'properties scale topology transform translate type'
  ).split(' '),
);
const solidWords = new Set(
  'e endfacet endloop endsolid facet loop normal outer solid vertex'.split(' '),
);

/** Returns what is told of a block of code of which GitHub draws something else than its lines. */
export function undrawnOfBlock(language: string, content: string): UndrawnOfBlock | null {
  switch (language) {
    case 'math':
      return {
        unshown: hides(content) || content.includes('%') ? ['a part of a formula'] : [],
        otherwise: ['a formula in it is drawn as one'],
      };
    case 'mermaid':
      return drawing(undrawnInDrawing.test(content));
    case 'geojson':
    case 'topojson':
      return drawing(hasOtherWords(content, mapWords));
    case 'stl':
      return drawing(hasOtherWords(content, solidWords));
    default:
      return null;
  }
}

function drawing(isUnshown: boolean): UndrawnOfBlock {
  return {
    unshown: isUnshown ? ['words that a drawing leaves out'] : [],
    otherwise: ['a block of code in it is shown as a drawing'],
  };
}

function hasOtherWords(content: string, words: ReadonlySet<string>): boolean {
  return (content.match(/\p{L}+/gu) ?? []).some((word) => !words.has(word.toLowerCase()));
}
