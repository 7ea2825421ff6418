import { z } from 'zod';
import { AdjutantError } from '../errors.ts';
import { actionModeSchema, assuranceSchema, riskTierSchema } from '../domain.ts';
import type { CompiledPolicy } from './compile-policy.ts';
import { policyCase } from './policy-case.ts';

const expectSchema = z
  .strictObject({
    mode: actionModeSchema.optional(),
    risk: riskTierSchema.optional(),
    quorum: z.int().min(1).optional(),
    assurance: assuranceSchema.optional(),
    /** Words that one of the reasons holds. */
    reason: z.string().min(1).optional(),
  })
  .refine((expected) => Object.keys(expected).length > 0, 'expects nothing');

const tableSchema = z.strictObject({
  /** The policy that is tested, relative to the table. */
  policy: z.string().min(1).optional(),
  cases: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        action: z.string().min(1),
        given: z.record(z.string(), z.unknown()).optional(),
        expect: expectSchema,
      }),
      'is a list of {name, action, given, expect}',
    )
    .min(1, 'is empty'),
});

export interface PolicyTable {
  /** As the table names it; null where it names none. */
  policyPath: string | null;
  fileName: string;
  cases: readonly (z.output<typeof tableSchema>['cases'][number] & { line: number })[];
}

/**
 * Returns a table of examples in YAML. @throws AdjutantError `InvalidInput` with line and column
 */
export async function parsePolicyTable(text: string, fileName: string): Promise<PolicyTable> {
  const { LineCounter, parseDocument } = await import('yaml');
  const { rangeStart } = await import('../yaml/located-yaml.ts');
  const { yamlBounds } = await import('../yaml/yaml-bounds.ts');
  const bounds = yamlBounds(text);
  if (bounds !== null) {
    throw refused(`${fileName}:${bounds.line}:${bounds.column}`, `the table ${bounds.message}`);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${fileName}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  const startOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const start = rangeStart(document.getIn(path.slice(0, length), true));
      if (start !== null) return start;
    }
    return 0;
  };
  const [broken] = document.errors;
  if (broken !== undefined) {
    throw refused(placeAt(broken.pos[0]), `not valid YAML: ${broken.message.split('\n')[0] ?? ''}`);
  }
  const parsed = tableSchema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path ?? [];
    const subject = path.length === 0 ? 'the table' : `"${path.map(String).join('.')}"`;
    throw refused(placeAt(startOf(path)), `${subject}: ${issue?.message ?? 'is not understood'}`);
  }
  return {
    policyPath: parsed.data.policy ?? null,
    fileName,
    cases: parsed.data.cases.map((row, at) => ({
      ...row,
      line: lines.linePos(startOf(['cases', at])).line,
    })),
  };
}

function refused(place: string, problem: string): AdjutantError {
  return new AdjutantError('InvalidInput', `${place}: ${problem}.`, {
    hint: 'docs/guide/policy.md shows a table of examples.',
  });
}

export interface PolicyCaseResult {
  name: string;
  action: string;
  line: number;
  passed: boolean;
  /** What was expected and what came, in words. */
  differences: readonly string[];
  reasons: readonly string[];
}

/** Returns how a policy answers each example of a table. @throws AdjutantError `InvalidInput` */
export function runPolicyTable(table: PolicyTable, policy: CompiledPolicy): PolicyCaseResult[] {
  return table.cases.map(({ name, action, given, expect, line }) => {
    const verdict = policy.evaluate(
      readCase(table.fileName, line, () => policyCase(action, given, policy.actionTypes)),
    );
    const { reason, ...figures } = expect;
    const differences = Object.entries(figures).flatMap(([key, expected]) => {
      const came = verdict[key as keyof typeof figures];
      return came === expected ? [] : [`${key} is ${came}, not ${expected}`];
    });
    if (reason !== undefined && !verdict.reasons.some((words) => words.includes(reason))) {
      differences.push(`no reason says "${reason}"`);
    }
    return {
      name,
      action,
      line,
      passed: differences.length === 0,
      differences,
      reasons: verdict.reasons,
    };
  });
}

function readCase<Result>(fileName: string, line: number, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!AdjutantError.isInstance(error)) throw error;
    throw new AdjutantError('InvalidInput', `${fileName}:${line}: ${error.message}`, {
      hint: error.hint ?? '',
    });
  }
}
