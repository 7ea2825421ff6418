let library: Promise<typeof import('@simplewebauthn/server')> | undefined;

/** Loads the passkey library on first use: most processes never need it. */
export function loadWebAuthn(): Promise<typeof import('@simplewebauthn/server')> {
  // Even of a module that is loaded, each `import()` looks its package up again.
  library ??= import('@simplewebauthn/server');
  return library;
}
