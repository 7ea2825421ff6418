// The least that reading a history can cost: `git log` of the same fields, its output thrown away.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export async function gitLog(directory: string): Promise<number> {
  const format = ['%H', '%P', '%at', '%ct', '%an', '%ae', '%cn', '%ce', '%B'].join('%x00');
  const child = spawn(
    'git',
    ['log', '-z', `--format=${format}`, '--encoding=UTF-8', 'HEAD', '--tags'],
    {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let bytes = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`git log ended with ${code}`);
  return bytes;
}
