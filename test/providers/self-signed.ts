import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate for 127.0.0.1 and `hosts` that signs itself, fresh for each call, as PEM text with its key. */
export function selfSigned(name: string, ...hosts: readonly string[]): { readonly cert: string; readonly key: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const ecdsaWithSha256 = sequence(Buffer.from('06082a8648ce3d040302', 'hex'));
  const commonName = sequence(Buffer.from('0603550403', 'hex'), tagged(0x0c, Buffer.from(name)));
  const names = sequence(tagged(0x31, commonName));
  const year = (from: number): Buffer => tagged(0x17, Buffer.from(`${String(from).slice(2)}0101000000Z`));
  const now = new Date().getFullYear();
  const addresses = [
    tagged(0x87, Buffer.from([127, 0, 0, 1])),
    ...hosts.map((host) => tagged(0x82, Buffer.from(host))),
  ];
  const alternativeNames = sequence(Buffer.from('0603551d11', 'hex'), tagged(0x04, sequence(...addresses)));
  const body = sequence(
    Buffer.from('a003020102', 'hex'),
    tagged(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    names,
    sequence(year(now - 1), year(now + 2)),
    names,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(alternativeNames)),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]);
  const der = sequence(body, ecdsaWithSha256, tagged(0x03, signature));
  const lines = der.toString('base64').replace(/.{64}/g, '$&\n');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** DER: a tag, a length, a value. */
function tagged(tag: number, value: Buffer): Buffer {
  const { length } = value;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}

function sequence(...values: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(values));
}
