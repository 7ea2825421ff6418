// First step of every root script: Node 20 and older cannot run this workspace. The root
// brings Node 24 as an optional dependency; where that failed to install, say what to do.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Node ${process.versions.node} is too old for this workspace (22.18 or newer runs it). ` +
      'Run "npx -y pnpm@12 install" to bring Node 24, or install Node 22.18 or newer.\n',
  );
  process.exit(1);
}
