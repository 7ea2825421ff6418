import { type AnswerCandidate, headingSeparator, termsOf } from '@adjutant/core';
import type { AskedTerm, AskedWord } from './asked-words.ts';

type PartText = Pick<AnswerCandidate, 'heading' | 'title' | 'path' | 'text'>;

/** A part with where the words stand that were asked for. */
export interface ReadPart {
  /** The places of each term in its text, in order. */
  places: ReadonlyMap<string, readonly number[]>;
  /** @unit words */
  length: number;
  heading: ReadonlySet<string>;
  /** What stands above its heading. */
  above: ReadonlySet<string>;
  /** Title and path of its document. */
  title: ReadonlySet<string>;
}

// Weights as in BM25F: how often a word would have to stand in the text to say as much.
const inHeading = 3;
const aboveHeading = 1;
const inTitle = 3;
/** How soon another occurrence says no more, and how much a long text is held against it. */
const saturation = 2.5;
const lengthShare = 0.6;
/** @unit words */
const usualLength = 125;
/** A word that means much the same says a third as much, and no more after the third one. */
const shareOfAlike = 0.35;
const mostAlike = 3;
const documentSaturation = 1.2;
const documentLengthShare = 0.75;
/** @unit words */
const usualDocumentLength = 1_000;
/** Two words of the question so near to each other, in their order, are more than two words. */
const nearby = 3;
const nearbyShare = 0.3;

/** Returns where the words of a question stand in a part. */
export function readPart(part: PartText, words: readonly AskedWord[]): ReadPart {
  const asked = new Set(
    words.flatMap(({ terms }) => terms.flatMap(({ term, alike }) => [term, ...alike])),
  );
  const body = termsOf(part.text);
  const places = new Map<string, number[]>();
  for (const [at, term] of body.entries()) {
    if (!asked.has(term)) continue;
    const known = places.get(term);
    if (known === undefined) places.set(term, [at]);
    else known.push(at);
  }
  const headings = part.heading.split(headingSeparator);
  return {
    places,
    length: body.length,
    heading: new Set(termsOf(headings.at(-1) ?? '')),
    above: new Set(termsOf(headings.slice(0, -1).join(' '))),
    title: new Set(termsOf(`${part.title} ${part.path}`)),
  };
}

/** Returns how well a part fits the words of a question: 0 where none stands in itself. */
export function partFit(part: ReadPart, words: readonly AskedWord[]): number {
  const terms = words.flatMap((word) => word.terms);
  const isAboutAny = terms.some(({ term, alike }) =>
    [term, ...alike].some((one) => part.places.has(one) || part.heading.has(one)),
  );
  if (!isAboutAny) return 0;
  let fit = nearbyShare * nearness(part, terms);
  for (const term of terms) {
    const frequency = frequencyOf(term, part);
    fit += (term.weight * frequency * (saturation + 1)) / (frequency + saturation);
  }
  return fit;
}

function frequencyOf({ term, alike }: AskedTerm, part: ReadPart): number {
  // What the document is called stands over every part of it, so it does not tell one from another.
  if (part.title.has(term)) return inTitle;
  const count = (one: string): number => part.places.get(one)?.length ?? 0;
  const countAlike = Math.min(
    mostAlike,
    alike.reduce((sum, one) => sum + count(one), 0),
  );
  const isAlikeHeading = alike.some((one) => part.heading.has(one));
  const headed = part.heading.has(term) ? 1 : isAlikeHeading ? shareOfAlike : 0;
  const lengthFactor = 1 - lengthShare + (lengthShare * part.length) / usualLength;
  return (
    (count(term) + shareOfAlike * countAlike) / lengthFactor +
    headed * inHeading +
    (part.above.has(term) ? aboveHeading : 0)
  );
}

/** Returns how well a document as a whole fits the words of a question, given all of its parts. */
export function documentFit(parts: readonly ReadPart[], words: readonly AskedWord[]): number {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const lengthFactor =
    1 - documentLengthShare + (documentLengthShare * length) / usualDocumentLength;
  let fit = 0;
  for (const { term, documentWeight } of words.flatMap(({ terms }) => terms)) {
    const inTexts = parts.reduce((sum, part) => sum + (part.places.get(term)?.length ?? 0), 0);
    const frequency = inTexts + (parts[0]?.title.has(term) === true ? 1 : 0);
    fit +=
      (documentWeight * frequency * (documentSaturation + 1)) /
      (frequency + documentSaturation * lengthFactor);
  }
  return fit;
}

/** Tells whether a part holds a word, in itself or in what it stands under: of a name the whole or each of its words. */
export function holds(part: ReadPart, { terms: [whole, ...ofName] }: AskedWord): boolean {
  const has = ({ term }: AskedTerm): boolean =>
    [part.places, part.heading, part.above, part.title].some((field) => field.has(term));
  return whole !== undefined && (has(whole) || (ofName.length > 0 && ofName.every(has)));
}

/** Tells whether a word is in the name of a part's document. */
export function titles(part: ReadPart, { terms: [whole] }: AskedWord): boolean {
  return whole !== undefined && part.title.has(whole.term);
}

/** Tells whether a part holds a word in itself that is not in the name of its document. */
export function standsIn(part: ReadPart, word: AskedWord): boolean {
  const [whole] = word.terms;
  if (whole === undefined || titles(part, word)) return false;
  return part.places.has(whole.term) || part.heading.has(whole.term);
}

/** The weight of the neighbours in the question that are neighbours in the part. */
function nearness({ places }: ReadPart, terms: readonly AskedTerm[]): number {
  let sum = 0;
  for (const [at, right] of terms.entries()) {
    const left = terms[at - 1];
    if (left === undefined) continue;
    const after = new Set(places.get(right.term));
    const isNear = places.get(left.term)?.some((place) => {
      for (let step = 1; step <= nearby; step += 1) if (after.has(place + step)) return true;
      return false;
    });
    if (isNear === true) sum += Math.min(left.weight, right.weight);
  }
  return sum;
}
