/**
 * What every git child is started with. A clone is not trusted: its own configuration may name
 * programs, so each setting with which a reading command could start one, or reach the network, is
 * overridden on the command line, where it outranks the clone's file.
 */
const overrides: readonly string[] = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'core.sshCommand=false',
  'core.gitProxy=',
  'core.askPass=false',
  'core.attributesFile=/dev/null',
  'core.alternateRefsCommand=false',
  'credential.helper=',
  'diff.external=false',
  'gpg.program=false',
  'gpg.openpgp.program=false',
  'gpg.x509.program=false',
  'gpg.ssh.program=false',
  'log.showSignature=false',
  'log.mailmap=false',
  'mailmap.file=',
  'mailmap.blob=',
  'protocol.allow=never',
  'gc.auto=0',
  'maintenance.auto=false',
  'color.ui=false',
  // Whose files they are does not matter where nothing in them is run; the reader chose the folder.
  'safe.directory=*',
];

/** Returns the arguments that stand before the subcommand of every call. */
export function globalGitArguments(): string[] {
  return [
    '--no-pager',
    '--no-replace-objects',
    '--literal-pathspecs',
    ...overrides.flatMap((override) => ['-c', override]),
  ];
}
