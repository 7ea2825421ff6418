import {
  type LocatedYaml,
  type Place,
  type Problem,
  readLocatedYaml,
} from '../yaml/located-yaml.ts';

/** Lines and columns start at 1, as editors count. */
export type PolicyPlace = Place;

export type PolicyProblem = Problem;

/** A policy file as YAML, with the place of everything in it. */
export type PolicyDocument = LocatedYaml;

/** The founding document's form, which YAML cannot read. */
const oldForm = /\bmode:[ \t]*["']?ask_if_(\w+?)["']?[ \t]*(?::[ \t]*true|$|[,}\r\n])/g;

/** Returns the file as YAML, or why it cannot be read. */
export function readPolicyDocument(
  text: string,
): { document: PolicyDocument } | { problem: PolicyProblem } {
  const old = [...text.matchAll(oldForm)].find(({ index }) => !isCommented(text, index));
  if (old === undefined) return readLocatedYaml(text);
  const before = text.slice(0, old.index + old[0].indexOf('ask_if_')).split('\n');
  const place = { line: before.length, column: (before.at(-1) ?? '').length + 1 };
  return { problem: { ...place, ...oldFormProblem(old[1] ?? '') } };
}

function isCommented(text: string, offset: number): boolean {
  return text.slice(text.lastIndexOf('\n', offset) + 1, offset).includes('#');
}

function oldFormProblem(condition: string): { message: string; hint: string } {
  return {
    message: `has the old form of a mode, "ask_if_${condition}: true", which is not valid YAML`,
    hint: `Write "mode: {base: auto, ask_if: [${condition}]}".`,
  };
}
