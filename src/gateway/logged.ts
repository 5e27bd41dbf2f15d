import type { Protocol } from '../llm/model-facts.ts';
import type { EndEvent, StreamFunction } from '../llm/stream-event.ts';
import type { Ask } from './ask.ts';
import type { RequestLog } from './request-log.ts';

/** Every request to the wire is an entry of the log, each retry one of its own. */
export function logged(
  wire: StreamFunction,
  ask: Ask,
  protocol: Protocol,
  log: RequestLog | undefined,
): StreamFunction {
  if (!log) return wire;
  let attempt = 0;
  return async function* (model, request, signal) {
    const recording = log.begin(ask, model, protocol, request, ++attempt);
    let end: EndEvent | undefined;
    try {
      for await (const event of wire({ ...model, endpoint: recording.endpoint }, request, signal)) {
        if (event.type === 'end') end = event;
        else if (event.type !== 'notice') recording.token();
        if (event.type === 'text') recording.said(event.text);
        yield event;
      }
    } finally {
      recording.ended(end);
    }
  };
}
