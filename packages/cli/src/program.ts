import { Command as CommanderCommand, CommanderError } from 'commander';
import type { Command, CommandContext } from './command-context.ts';
import { createCommandTree, type Run } from './command-tree.ts';
import type { ErrorReport } from './error-report.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import { redact, secretsOf } from './known-secrets.ts';
import { createOutput } from './output.ts';
import { usageProblem } from './usage-error.ts';

/** Runs one command line and returns its exit code. Whatever fails is told; nothing is thrown. */
export async function runProgram(io: Io): Promise<ExitCode> {
  const secrets = secretsOf(io.env);
  let exitCode: ExitCode = exitCodes.ok;
  const run: Run =
    (load) =>
    async (...received) => {
      const parsed = received.pop();
      if (!(parsed instanceof CommanderCommand)) throw new TypeError('Not called by the parser.');
      exitCode = await execute(load, io, parsed, secrets);
    };
  const root = createCommandTree(io, run, io.argv[0]);
  const argv = io.argv.length === 0 ? ['--help'] : io.argv;
  try {
    await root.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return tellFailure(io, error, secrets);
    if (error.exitCode === 0) return exitCodes.ok;
    const { message, hint } = usageProblem(error, root, argv);
    const report: ErrorReport = {
      code: 'InvalidInput',
      message: redact(message, secrets),
      hint: redact(hint, secrets),
      exitCode: exitCodes.usage,
      stack: null,
    };
    return tell(io, report, argv.includes('--json'));
  }
}

async function execute(
  load: () => Promise<Command>,
  io: Io,
  parsed: CommanderCommand,
  secrets: string[],
): Promise<ExitCode> {
  const { json, color, config } = parsed.optsWithGlobals<Record<string, unknown>>();
  const output = createOutput(io, { json: json === true, color: color !== false });
  try {
    const command = await load();
    const clock = io.clock ?? (await import('@adjutant/core/ports')).systemClock;
    const configPath = typeof config === 'string' ? config : undefined;
    const context: CommandContext = { io, output, clock, configPath, secrets };
    return await command(context, inputOf(parsed));
  } catch (error) {
    if (io.signal.aborted) return exitCodes.interrupted;
    return tellFailure(io, error, secrets, output.isJson);
  }
}

/**
 * Arguments and flags of a command in one object, by name. A flag that its group has too is taken by
 * the group, wherever it stands.
 */
function inputOf(parsed: CommanderCommand): unknown {
  const values: Record<string, unknown> = { ...parsed.optsWithGlobals() };
  parsed.registeredArguments.forEach((argument, index) => {
    const value: unknown = parsed.processedArgs[index];
    if (value !== undefined) values[argument.name()] = value;
  });
  return values;
}

async function tellFailure(
  io: Io,
  error: unknown,
  secrets: readonly string[],
  isJson = io.argv.includes('--json'),
): Promise<ExitCode> {
  const { reportError } = await import('./error-report.ts');
  const isDebug = Boolean(io.env['ADJUTANT_DEBUG']);
  return tell(io, reportError(error, { redact: (text) => redact(text, secrets), isDebug }), isJson);
}

/** Tells a person on standard error, and a program on standard output. */
function tell(io: Io, report: ErrorReport, isJson: boolean): ExitCode {
  const { code, message, hint, exitCode, stack } = report;
  if (isJson) io.stdout.write(`${JSON.stringify({ error: { code, message, hint } }, null, 2)}\n`);
  io.stderr.write(`${readable(`adjutant: ${message}`)}\n`);
  if (hint !== null) io.stderr.write(`  ${readable(hint)}\n`);
  if (stack !== null) io.stderr.write(`${stack}\n`);
  return exitCode;
}

/** Messages quote what was typed and what files hold; neither may act in a terminal. */
function readable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
}
