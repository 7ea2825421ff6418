// The least that a call over a pipe can cost: JSON lines in, JSON lines out, no SDK.
let rest = '';
process.stdin.setEncoding('utf8').on('data', (text: string) => {
  const lines = (rest + text).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) {
    const { id, params } = JSON.parse(line) as { id?: number; params?: object };
    if (id !== undefined) {
      process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result: params })}\n`);
    }
  }
});
