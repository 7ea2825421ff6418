import { runOrThrow } from '../run-command.ts';

/** Makes a git repository in a folder: three squash merges, in a week that is over. */
export async function makeClone(cwd: string): Promise<void> {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  const silent = ['-c', 'commit.gpgsign=false', '-c', 'core.hooksPath=/dev/null'];
  const date = new Date(Date.now() - 14 * 24 * 3_600_000).toISOString();
  const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  await runOrThrow('git', ['init', '-q', '-b', 'main'], { cwd });
  for (const number of [1, 2, 3]) {
    const message = `Add part ${number} (#${number})`;
    const commit = ['commit', '-q', '--allow-empty', '-m', message];
    await runOrThrow('git', [...identity, ...silent, ...commit], { cwd, env });
  }
}
