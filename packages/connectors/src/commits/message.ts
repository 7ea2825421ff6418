import { boundedText } from './text.ts';

/** Longest subject, title or trailer that is kept. @unit UTF-16 units */
const maxSubjectLength = 500;
const maxTrailerLength = 300;
const maxTrailers = 50;

/** What a commit message says beyond its prose. */
export interface MessageFacts {
  subject: string;
  subjectCut: boolean;
  /** First line of the body: merge messages carry the pull request's title there. */
  bodyTitle: string | null;
  /** The commit named by "This reverts commit …". */
  revertsSha: string | null;
  /** Number of a merge request named by "See merge request group/project!12". */
  mergeRequest: number | null;
  /** Trailers that may name a tool, key in lower case. */
  trailers: readonly (readonly [key: string, value: string])[];
}

const newline = 0x0a;
const noTrailers: MessageFacts['trailers'] = [];
const revertMark = /^This reverts commit ([0-9a-f]{7,64})\b/im;
const mergeRequestMark = /^See merge request \S{0,300}?!(\d{1,9})\s*$/im;
// Anywhere in the body, not only in its last paragraph: a squash merge joins whole messages.
const trailerMark =
  /^[ \t]*(co-authored-by|assisted-by|generated-by|generated-with|made-with|ai-assisted|ai-assisted-by|ai-generated|amp-thread-id):[ \t]*(\S.*)$/gim;

/** Returns what a raw commit message says. */
export function readMessage(message: Buffer): MessageFacts {
  const { start, end, bodyStart } = findSubject(message);
  const wholeSubject = foldLines(message.toString('utf8', start, end));
  const subject = boundedText(wholeSubject, maxSubjectLength);
  const subjectCut = wholeSubject.length > subject.length;
  if (bodyStart >= message.length) {
    return {
      subject,
      subjectCut,
      bodyTitle: null,
      revertsSha: null,
      mergeRequest: null,
      trailers: noTrailers,
    };
  }
  const body = message.toString('utf8', bodyStart);
  const mergeRequest = body.includes('!') ? mergeRequestMark.exec(body)?.[1] : undefined;
  return {
    subject,
    subjectCut,
    bodyTitle: firstLine(body),
    revertsSha: body.includes('reverts commit') ? (revertMark.exec(body)?.[1] ?? null) : null,
    mergeRequest: mergeRequest === undefined ? null : Number(mergeRequest),
    trailers: readTrailers(body),
  };
}

/** The subject is the first paragraph, as git has it; blank lines may stand before it. */
function findSubject(message: Buffer): { start: number; end: number; bodyStart: number } {
  let start = 0;
  while (start < message.length && isBlank(message[start])) start += 1;
  let end = message.length;
  for (let at = message.indexOf(newline, start); at !== -1; at = message.indexOf(newline, at + 1)) {
    let next = at + 1;
    while (message[next] === 0x20 || message[next] === 0x09 || message[next] === 0x0d) next += 1;
    if (next < message.length && message[next] !== newline) continue;
    end = at;
    break;
  }
  let bodyStart = end;
  while (bodyStart < message.length && isBlank(message[bodyStart])) bodyStart += 1;
  return { start, end, bodyStart };
}

function isBlank(byte: number | undefined): boolean {
  return byte === newline || byte === 0x20 || byte === 0x09 || byte === 0x0d;
}

function foldLines(text: string): string {
  return text.includes('\n')
    ? text.replaceAll(/[ \t\r]*\n[ \t\r]*/g, ' ').trimEnd()
    : text.trimEnd();
}

function firstLine(body: string): string | null {
  const end = body.indexOf('\n');
  const line = (end === -1 ? body : body.slice(0, end)).trim();
  return line === '' ? null : boundedText(line, maxSubjectLength);
}

function readTrailers(body: string): MessageFacts['trailers'] {
  if (!body.includes(':')) return noTrailers;
  const trailers: [string, string][] = [];
  for (const [, key = '', value = ''] of body.matchAll(trailerMark)) {
    trailers.push([key.toLowerCase(), boundedText(value.trimEnd(), maxTrailerLength)]);
    if (trailers.length === maxTrailers) break;
  }
  return trailers.length === 0 ? noTrailers : trailers;
}
