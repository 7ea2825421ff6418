import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AdjutantError } from '../../errors.ts';
import type { Problem } from '../../yaml/located-yaml.ts';
import type { AnySignalRule } from '../define-signal.ts';
import type { RuleTestResult } from './rule-tests.ts';

const mostFiles = 500;
const largestFileBytes = 64_000;

/** A file of a folder of rules: its rule, or what is wrong with it. */
export interface SignalRuleFile {
  /** As errors name it. */
  fileName: string;
  problems: readonly Problem[];
  /** Null where something is wrong. */
  rule: AnySignalRule | null;
  /** How many tests stand in it. */
  tests: number;
  runTests(this: void): RuleTestResult[];
}

export interface ReadRulesOptions {
  /** How errors name a file; by its path unless told. */
  nameOf?: (path: string) => string;
}

/**
 * Returns every rule of a folder with what is wrong with it. The reader of YAML and the language of
 * expressions are loaded only where there is one.
 * @throws AdjutantError `Configuration` where the folder cannot be read
 */
export async function readSignalRules(
  folder: string,
  { nameOf = (path) => path }: ReadRulesOptions = {},
): Promise<SignalRuleFile[]> {
  const names = await ruleNames(folder);
  if (names.length === 0) return [];
  const { checkRuleFile } = await import('./check-rule-file.ts');
  const files: SignalRuleFile[] = [];
  const taken = new Set<string>();
  for (const name of names) {
    const path = join(folder, name);
    const fileName = nameOf(path);
    const read = await readText(path);
    const checked =
      typeof read === 'string' ? checkRuleFile(read, name) : { problems: [read], rule: null };
    if (checked.rule === null) {
      files.push({ fileName, problems: checked.problems, rule: null, ...noTests });
    } else if (taken.has(checked.rule.id)) {
      const message = `"id" is ${checked.rule.id}, as another file has it`;
      const problem = { line: 1, column: 1, message, hint: 'Rename one of them.' };
      files.push({ fileName, problems: [problem], rule: null, ...noTests });
    } else {
      taken.add(checked.rule.id);
      const { problems, rule, tests, runTests } = checked;
      files.push({ fileName, problems, rule, tests, runTests });
    }
  }
  return files;
}

const noTests = { tests: 0, runTests: (): RuleTestResult[] => [] };

/**
 * Returns the rules of a folder, for the `signals` of `createAdjutant`. Nothing starts with a broken one.
 * @throws AdjutantError `Configuration` with file, line and column
 */
export async function loadSignalRules(
  folder: string,
  options: ReadRulesOptions = {},
): Promise<AnySignalRule[]> {
  const files = await readSignalRules(folder, options);
  const problems = files.flatMap(({ fileName, problems: found }) =>
    found.map((problem) => ({ fileName, ...problem })),
  );
  const [first, ...more] = problems;
  if (first !== undefined) {
    const others =
      more.length === 0 ? '' : ` ${more.length} more: "adjutant rules check" lists everything.`;
    throw new AdjutantError(
      'Configuration',
      `${first.fileName}:${first.line}:${first.column}: ${first.message}.`,
      { hint: `${first.hint}${others}` },
    );
  }
  return files.flatMap(({ rule }) => (rule === null ? [] : [rule]));
}

async function ruleNames(folder: string): Promise<string[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (cause) {
    throw new AdjutantError('Configuration', `${folder}: the folder of rules cannot be read.`, {
      hint: 'Check "signals.rules" in the configuration, and the permissions.',
      cause,
    });
  }
  const rules = names.filter((name) => /\.ya?ml$/.test(name) && !name.startsWith('.'));
  if (rules.length <= mostFiles) return rules.toSorted();
  throw new AdjutantError('Configuration', `${folder}: there are more than ${mostFiles} rules.`, {
    hint: 'Check "signals.rules" in the configuration.',
  });
}

async function readText(path: string): Promise<string | Problem> {
  const place = { line: 1, column: 1 };
  try {
    const found = await stat(path);
    if (found.isFile() && found.size <= largestFileBytes) return await readFile(path, 'utf8');
    if (found.isFile()) {
      return {
        ...place,
        message: 'is larger than 64 kB',
        hint: 'A rule is a page of text at most.',
      };
    }
  } catch {
    return { ...place, message: 'cannot be read', hint: 'Check its permissions.' };
  }
  return { ...place, message: 'is no file', hint: 'Take it out of the folder of rules.' };
}
