import { Command as CommanderCommand, CommanderError } from 'commander';
import { createCommandTree, type Run } from './command-tree.ts';
import type { ErrorReport } from './error-report.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import { redact, secretsOf } from './known-secrets.ts';
import { runCommand, tell, tellFailure } from './run-command.ts';

/** Runs one command line and returns its exit code. Whatever fails is told; nothing is thrown. */
export async function runProgram(io: Io): Promise<ExitCode> {
  const secrets = secretsOf(io.env);
  let exitCode: ExitCode = exitCodes.ok;
  const run: Run =
    (load) =>
    async (...received) => {
      const parsed = received.pop();
      if (!(parsed instanceof CommanderCommand)) throw new TypeError('Not called by the parser.');
      const input = inputOf(parsed);
      exitCode = await runCommand(load, io, commonOptions(parsed), { input, secrets });
    };
  const root = createCommandTree(io, run, io.argv[0]);
  const argv = io.argv.length === 0 ? ['--help'] : io.argv;
  try {
    await root.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return tellFailure(io, error, secrets);
    if (error.exitCode === 0) return exitCodes.ok;
    // Finding what was meant is not for the start of a command that is right.
    const { usageProblem } = await import('./usage-error.ts');
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

function commonOptions(parsed: CommanderCommand) {
  const { json, color, config, demo } = parsed.optsWithGlobals<Record<string, unknown>>();
  const configPath = typeof config === 'string' ? config : undefined;
  return { json: json === true, color: color !== false, configPath, isDemo: demo === true };
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
