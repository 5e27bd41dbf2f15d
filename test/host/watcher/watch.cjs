// Notes whom the extension host reaches for: each connection and each name looked up.
const { appendFileSync } = require('node:fs');
const dgram = require('node:dgram');
const dns = require('node:dns');
const net = require('node:net');

function note(way, to) {
  appendFileSync(process.env.TUTTI_CONNECTION_LOG, `${JSON.stringify({ way, to })}\n`);
}

exports.activate = () => {
  note('started', '');
  const { connect } = net.Socket.prototype;
  net.Socket.prototype.connect = function (...given) {
    const first = Array.isArray(given[0]) ? given[0][0] : given[0];
    const options = typeof first === 'object' && first !== null ? first : { port: first, host: given[1] };
    // A path is a pipe of this machine.
    if (options.path === undefined || options.port) note('tcp', `${options.host ?? 'localhost'}:${options.port}`);
    return connect.apply(this, given);
  };
  for (const module of [dns, dns.promises]) {
    for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
      const ask = module[name];
      module[name] = function (host, ...rest) {
        if (net.isIP(host) === 0) note('name', String(host));
        return ask.call(this, host, ...rest);
      };
    }
  }
  const { send } = dgram.Socket.prototype;
  dgram.Socket.prototype.send = function (...given) {
    note('udp', String(given.find((each) => typeof each === 'string') ?? ''));
    return send.apply(this, given);
  };
};
