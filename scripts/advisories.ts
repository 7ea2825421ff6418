// Asks the package registry for advisories on what the packages ship, and says so loudly where it gives
// no answer. Exit codes: 0 none that block, or no answer; 1 an advisory of level moderate or worse;
// 2 no answer with `--require`, which CI on the code host gives.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { type AuditRun, exitCodeOf, judgeAnswer, linesOf } from './advisories/judge-answer.ts';
import { shippedNames } from './advisories/shipped-names.ts';
import { repositoryRoot } from './package-build/repository-root.ts';

const longestMs = 120_000;
const longestOutput = 20_000_000;

const { values } = parseArgs({ options: { require: { type: 'boolean', default: false } } });
const answer = judgeAnswer(await audit(), shippedNames());
for (const line of linesOf(answer, values.require)) console.log(line);
process.exitCode = exitCodeOf(answer, values.require);

/** What is bundled stands among the development dependencies of our packages, so all is asked about. */
function audit(): Promise<AuditRun> {
  return new Promise((resolve) => {
    const child = spawn('npx', ['-y', 'pnpm@12', 'audit', '--json'], {
      cwd: repositoryRoot,
      stdio: ['ignore', 'pipe', 'ignore'],
      shell: process.platform === 'win32',
    });
    let output = '';
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, longestMs);
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      if (output.length < longestOutput) output += part;
    });
    const end = (exitCode: number | null): void => {
      clearTimeout(timer);
      resolve({ exitCode: isLate ? null : exitCode, output });
    };
    child.on('error', () => end(127));
    child.on('close', (code) => end(code ?? 1));
  });
}
