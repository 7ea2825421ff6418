import { z } from 'zod';

/** What the package manager's audit came back with: its exit code and what it wrote. */
export interface AuditRun {
  /** Null where it was ended for taking too long. */
  exitCode: number | null;
  output: string;
}

export type Severity = 'info' | 'low' | 'moderate' | 'high' | 'critical';

export interface Advisory {
  packageName: string;
  severity: Severity;
  title: string;
  patched: string;
}

/** What is known of advisories. That nobody answered is no answer, and never "none". */
export type AdvisoryAnswer =
  | { kind: 'answered'; blocking: Advisory[]; others: Advisory[] }
  | { kind: 'unanswered'; why: string };

const severitySchema = z.enum(['info', 'low', 'moderate', 'high', 'critical']);
const blockingSeverities: ReadonlySet<Severity> = new Set(['moderate', 'high', 'critical']);

const advisorySchema = z.object({
  module_name: z.string(),
  severity: severitySchema,
  title: z.string(),
  patched_versions: z.string().default('none'),
});
const answerSchema = z.object({
  advisories: z.record(z.string(), advisorySchema),
  metadata: z.object({
    vulnerabilities: z.record(z.string(), z.number().int().nonnegative()),
  }),
});
const refusalSchema = z.object({
  error: z.object({ code: z.string().default('unknown'), message: z.string().default('') }),
});

/**
 * Returns what an audit says; those block that are of a shipped package, and moderate or worse. Whatever
 * is not an answer is unanswered.
 */
export function judgeAnswer(
  { exitCode, output }: AuditRun,
  shipped: ReadonlySet<string>,
): AdvisoryAnswer {
  if (exitCode === null) return unanswered('no answer in time');
  const json = parsed(output);
  const refusal = refusalSchema.safeParse(json);
  if (refusal.success) return unanswered(`refused: ${refusal.data.error.code}`);
  const answer = answerSchema.safeParse(json);
  if (!answer.success) return unanswered('the answer cannot be read');
  const { advisories, metadata } = answer.data;
  const found = Object.values(advisories).map(advisoryOf);
  const counted = Object.values(metadata.vulnerabilities).reduce((sum, each) => sum + each, 0);
  // What is counted and not named would be taken for none.
  if (counted > 0 && found.length === 0) return unanswered('it counts advisories and names none');
  // The command ends with 1 for what it found, and with 0 otherwise; anything else is a failure of it.
  if (exitCode !== 0 && found.length === 0) return unanswered(`the audit ended with ${exitCode}`);
  const blocks = ({ severity, packageName }: Advisory): boolean =>
    blockingSeverities.has(severity) && shipped.has(packageName);
  return {
    kind: 'answered',
    blocking: found.filter(blocks),
    others: found.filter((one) => !blocks(one)),
  };
}

/** Returns the exit code: an advisory that blocks fails everywhere, no answer only where one is required. */
export function exitCodeOf(answer: AdvisoryAnswer, isRequired: boolean): 0 | 1 | 2 {
  if (answer.kind === 'unanswered') return isRequired ? 2 : 0;
  return answer.blocking.length > 0 ? 1 : 0;
}

/** Returns the lines that a person reads. An unanswered question stands in a frame. */
export function linesOf(answer: AdvisoryAnswer, isRequired: boolean): string[] {
  if (answer.kind === 'unanswered') {
    const frame = '!'.repeat(72);
    return [
      frame,
      'ADVISORIES WERE NOT CHECKED.',
      `The package registry of this machine gave no answer (${answer.why}).`,
      'This says nothing about whether a shipped dependency has a known fault.',
      isRequired
        ? 'An answer is required here, so this fails.'
        : 'The code host’s CI asks on every change and every day, and requires an answer.',
      frame,
    ];
  }
  const named = (each: Advisory): string =>
    `${each.severity}: ${each.packageName}: ${each.title} (fixed in ${each.patched})`;
  const { blocking, others } = answer;
  return [
    ...blocking.map(named),
    ...others.map((each) => `${named(each)}; minor, or in a development tool: does not fail`),
    `Shipped dependencies: ${blocking.length} advisories of level moderate or worse. Others: ${others.length}.`,
  ];
}

function advisoryOf(found: z.infer<typeof advisorySchema>): Advisory {
  return {
    packageName: found.module_name,
    severity: found.severity,
    title: found.title,
    patched: found.patched_versions,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function unanswered(why: string): AdvisoryAnswer {
  return { kind: 'unanswered', why };
}
