// A gateway of a store, until it is killed or told to stop: what `adjutant serve` serves, without the rest.
import { createAdjutant } from '@adjutant/core';
import { serveGateway } from '@adjutant/gateway';
import { events } from '@adjutant/connectors/events';

const [path = '', secret = ''] = process.argv.slice(2);
const adjutant = await createAdjutant({
  store: path,
  connectors: [events({ webhookSecret: secret })],
});
const gateway = await serveGateway(adjutant, { port: 0 });
process.once('SIGTERM', () => {
  void gateway
    .close({ drainMs: 8_000 })
    .then(() => adjutant.close())
    .then(() => process.disconnect());
});
process.send?.({ port: Number(new URL(gateway.origin).port) });
