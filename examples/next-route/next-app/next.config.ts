const { hostname } = new URL(process.env['ADJUTANT_ORIGIN'] ?? 'http://localhost:3000');

const config = {
  typescript: { tsconfigPath: 'tsconfig.next.json' },
  // Left to Node: the native driver of the store cannot be bundled.
  serverExternalPackages: ['@adjutant/core', '@adjutant/gateway', '@adjutant/metrics'],
  // At its own host name the whole address space is the gateway's, from the root on.
  rewrites: async () => ({
    beforeFiles: [
      {
        source: '/:path*',
        has: [{ type: 'host', value: hostname }],
        destination: '/adjutant/:path*',
      },
    ],
  }),
};

// oxlint-disable-next-line import/no-default-export -- Next reads it there.
export default config;
