import type { ErrorView, MessageView } from '../../../src/protocol/chat-view.ts';
import type { ChatPage } from './chat-page.ts';
import { historyItems, historyPage, showHistory } from './history-views.ts';
import { assistant, attachments, chat, model, nearlyFullWindow, suggestionGroups, user, withRows } from './views.ts';

/** A state of the page worth looking at; every one is checked for accessibility in every theme. */
export interface Scene {
  readonly name: string;
  show(chatPage: ChatPage): Promise<void>;
}

const answer = `Here is a version that reads each line once and keeps the **first** occurrence. It runs in \`O(n)\` and needs memory for the distinct lines only.

\`\`\`ts
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** Yields each distinct line of a file, in order. */
export async function* distinctLines(path: string, limit = 10_000): AsyncGenerator<string> {
  const seen = new Set<string>();
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (seen.has(line) || seen.size >= limit) continue; // already given, or there are too many of them to keep
    seen.add(line);
    yield \`\${line}\\n\`;
  }
}
\`\`\`

### How it compares

| Approach | Time | Memory |
|:---------|:----:|-------:|
| Sort first | \`O(n log n)\` | whole file |
| This one | \`O(n)\` | distinct lines |

1. It stops early when the consumer stops.
2. It never holds the whole file.
   - Blank lines count as lines.
   - [x] Keeps order

> Line endings are removed; add them back when you write.

See [the Node.js documentation](https://nodejs.org/api/readline.html) for more.`;

const usage = {
  inputTokens: 1204,
  outputTokens: 356,
  cachedTokens: 1000,
  cost: 0.00412,
  estimated: false,
  firstTokenMs: 420,
  totalMs: 3140,
};

const conversation: readonly MessageView[] = [
  user('u1', 'How do I remove duplicate lines from a very large file in Node, keeping the order?'),
  assistant('a1', '', {
    parts: [
      { type: 'reasoning', text: 'The file may not fit into memory, so a stream is needed.' },
      { type: 'text', text: answer },
    ],
    usage,
  }),
  user('u2', 'And in Python?\n\nwith open("f") as f:\n    pass'),
  assistant(
    'a2',
    'The same idea:\n\n```python\ndef distinct_lines(path: str):\n    """Yield each distinct line."""\n    seen = set()\n    with open(path) as file:\n        for line in file:\n            if line not in seen and len(seen) < 10_000:\n                seen.add(line)\n                yield line\n```\n\nA dict keeps insertion order since Python 3.7, so `list(dict.fromkeys(file))` does it in one line when memory is no concern.',
    {
      model: 'Claude Sonnet 4.5',
      notices: ['GPT-5 → Claude Sonnet 4.5, because OpenAI asks for fewer requests'],
      usage: { inputTokens: 1630, outputTokens: 142, cost: 0.007, estimated: true, firstTokenMs: 820, totalMs: 2210 },
    },
  ),
];

const gradient =
  'iVBORw0KGgoAAAANSUhEUgAAAGAAAAA2CAIAAAC3LQuFAAAoXElEQVR42hXaj0d73x/A8e+f85EkSZIkSZJkruuaa6655prruua6rrmua66Za2ZmZmZmnuaamZmZueZKkiRJkiRJkvR3fPc+f8LDOa8f5/X6338p1lKsp9hIsZliK8V2ip0Uuyn2UuynOEhxmOIoxXGKkxSnKc5SnKe4SJFKIaQQU0gp0inkFJkUSopsCjVFLoWWIp9CT2GkMFMUUlgp7BROimIKN4WXwk9RShGkKKeopAhTVFPUUtRTNFI0U7RStFN0UnRT9FL0U5BikCJKMUwxSjFOMUkxTTFLMU+xSBGnWKZIUlymuEpxneImxW2KuxT3KR5SPKZ4SvGc4iXFa4q3FO8pPlJ8pvhK8Z3iJ8Vvir8U//tPYE1gXWBDYFNgS2BbYEdgV2BPYF/gQOBQ4EjgWOBE4FTgTOBc4EIgJSAIiAKSQFpAFsgIKAJZAVUgJ6AJ5AV0AUPAFCgIWAK2gCNQFHAFPAFfoCQQCJQFKgKhQFWgJlAXaAg0BVoCbYGOQFegJ9AXQGAgEAkMBUYCY4GJwFRgJjAXWAjEAkuBROBS4ErgWuBG4FbgTuBe4EHgUeBJ4FngReBV4E3gXeBD4FPgS+Bb4EfgV+BPWAGJrImsi2yIbIpsiWyL7IjsiuyJ7IsciByKHIkci5yInIqciZyLXIikRAQRUUQSSYvIIhkRRSQroorkRDSRvIguYoiYIgURS8QWcUSKIq6IJ+KLlEQCkbJIRSQUqYrUROoiDZGmSEukLdIR6Yr0RPoiiAxEIpGhyEhkLDIRmYrMROYiC5FYZCmSiFyKXIlci9yI3IrcidyLPIg8ijyJPIu8iLyKvIm8i3yIfIp8iXyL/Ij8ivyJKyCJNYl1iQ2JTYktiW2JHYldiT2JfYkDiUOJI4ljiROJU4kziXOJC4mUhCAhSkgSaQlZIiOhSGQlVImchCaRl9AlDAlToiBhSdgSjkRRwpXwJHyJkkQgUZaoSIQSVYmaRF2iIdGUaEm0JToSXYmeRF8CiYFEJDGUGEmMJSYSU4mZxFxiIRFLLCUSiUuJK4lriRuJW4k7iXuJB4lHiSeJZ4kXiVeJN4l3iQ+JT4kviW+JH4lfiT9pBZRmLc16mo00m2m20myn2Umzm2YvzX6agzSHaY7SHKc5SXOa5izNeZqLNKk0QhoxjZQmnUZOk0mjpMmmUdPk0mhp8mn0NEYaM00hjZXGTuOkKaZx03hp/DSlNEGacppKmjBNNU0tTT1NI00zTStNO00nTTdNL00/DWkGaaI0wzSjNOM0kzTTNLM08zSLNHGaZZokzWWaqzTXaW7S3Ka5S3Of5iHNY5qnNM9pXtK8pnlL857mI81nmq8032l+0vym+UuvgGTWZNZlNmQ2ZbZktmV2ZHZl9mT2ZQ5kDmWOZI5lTmROZc5kzmUuZFIygowoI8mkZWSZjIwik5VRZXIymkxeRpcxZEyZgowlY8s4MkUZV8aT8WVKMoFMWaYiE8pUZWoydZmGTFOmJdOW6ch0ZXoyfRlkBjKRzFBmJDOWmchMZWYyc5mFTCyzlElkLmWuZK5lbmRuZe5k7mUeZB5lnmSeZV5kXmXeZN5lPmQ+Zb5kvmV+ZH5l/uQVUIa1DOsZNjJsZtjKsJ1hJ8Nuhr0M+xkOMhxmOMpwnOEkw2mGswznGS4ypDIIGcQMUoZ0BjlDJoOSIZtBzZDLoGXIZ9AzGBnMDIUMVgY7g5OhmMHN4GXwM5QyBBnKGSoZwgzVDLUM9QyNDM0MrQztDJ0M3Qy9DP0MZBhkiDIMM4wyjDNMMkwzzDLMMywyxBmWGZIMlxmuMlxnuMlwm+Euw32GhwyPGZ4yPGd4yfCa4S3De4aPDJ8ZvjJ8Z/jJ8JvhL7MCUlhTWFfYUNhU2FLYVthR2FXYU9hXOFA4VDhSOFY4UThVOFM4V7hQSCkICqKCpJBWkBUyCopCVkFVyCloCnkFXcFQMBUKCpaCreAoFBVcBU/BVygpBAplhYpCqFBVqCnUFRoKTYWWQluho9BV6Cn0FVAYKEQKQ4WRwlhhojBVmCnMFRYKscJSIVG4VLhSuFa4UbhVuFO4V3hQeFR4UnhWeFF4VXhTeFf4UPhU+FL4VvhR+FX4U1ZAWdayrGfZyLKZZSvLdpadLLtZ9rLsZznIcpjlKMtxlpMsp1nOspxnuciSyiJkEbNIWdJZ5CyZLEqWbBY1Sy6LliWfRc9iZDGzFLJYWewsTpZiFjeLl8XPUsoSZClnqWQJs1Sz1LLUszSyNLO0srSzdLJ0s/Sy9LOQZZAlyjLMMsoyzjLJMs0yyzLPssgSZ1lmSbJcZrnKcp3lJsttlrss91kesjxmecrynOUly2uWtyzvWT6yfGb5yvKd5SfLb5a/7ApIZU1lXWVDZVNlS2VbZUdlV2VPZV/lQOVQ5UjlWOVE5VTlTOVc5UIlpSKoiCqSSlpFVsmoKCpZFVUlp6Kp5FV0FUPFVCmoWCq2iqNSVHFVPBVfpaQSqJRVKiqhSlWlplJXaag0VVoqbZWOSlelp9JXQWWgEqkMVUYqY5WJylRlpjJXWajEKkuVROVS5UrlWuVG5VblTuVe5UHlUeVJ5VnlReVV5U3lXeVD5VPlS+Vb5UflV+VPXQHlWMuxnmMjx2aOrRzbOXZy7ObYy7Gf4yDHYY6jHMc5TnKc5jjLcZ7jIkcqh5BDzCHlSOeQc2RyKDmyOdQcuRxajnwOPYeRw8xRyGHlsHM4OYo53BxeDj9HKUeQo5yjkiPMUc1Ry1HP0cjRzNHK0c7RydHN0cvRz0GOQY4oxzDHKMc4xyTHNMcsxzzHIkecY5kjyXGZ4yrHdY6bHLc57nLc53jI8ZjjKcdzjpccrznecrzn+MjxmeMrx3eOnxy/Of5yKyCNNY11jQ2NTY0tjW2NHY1djT2NfY0DjUONI41jjRONU40zjXONC42UhqAhakgaaQ1ZI6OhaGQ1VI2chqaR19A1DA1To6BhadgajkZRw9XwNHyNkkagUdaoaIQaVY2aRl2jodHUaGm0NToaXY2eRl8DjYFGpDHUGGmMNSYaU42ZxlxjoRFrLDUSjUuNK41rjRuNW407jXuNB41HjSeNZ40XjVeNN413jQ+NT40vjW+NH41fjT9tBZRnLc96no08m3m28mzn2cmzm2cvz36egzyHeY7yHOc5yXOa5yzPeZ6LPKk8Qh4xj5QnnUfOk8mj5MnmUfPk8mh58nn0PEYeM08hj5XHzuPkKeZx83h5/DylPEGecp5KnjBPNU8tTz1PI08zTytPO08nTzdPL08/D3kGeaI8wzyjPOM8kzzTPLM88zyLPHGeZZ4kz2WeqzzXeW7y3Oa5y3Of5yHPY56nPM95XvK85nnL857nI89nnq8833l+8vzm+cuvgHTWdNZ1NnQ2dbZ0tnV2dHZ19nT2dQ50DnWOdI51TnROdc50znUudFI6go6oI+mkdWSdjI6ik9VRdXI6mk5eR9cxdEydgo6lY+s4OkUdV8fT8XVKOoFOWaeiE+pUdWo6dZ2GTlOnpdPW6eh0dXo6fR10BjqRzlBnpDPWmehMdWY6c52FTqyz1El0LnWudK51bnRude507nUedB51nnSedV50XnXedN51PnQ+db50vnV+dH51/vQVkMGawbrBhsGmwZbBtsGOwa7BnsG+wYHBocGRwbHBicGpwZnBucGFQcpAMBANJIO0gWyQMVAMsgaqQc5AM8gb6AaGgWlQMLAMbAPHoGjgGngGvkHJIDAoG1QMQoOqQc2gbtAwaBq0DNoGHYOuQc+gb4DBwCAyGBqMDMYGE4OpwcxgbrAwiA2WBonBpcGVwbXBjcGtwZ3BvcGDwaPBk8GzwYvBq8GbwbvBh8GnwZfBt8GPwa/Bn7ECMlkzWTfZMNk02TLZNtkx2TXZM9k3OTA5NDkyOTY5MTk1OTM5N7kwSZkIJqKJZJI2kU0yJopJ1kQ1yZloJnkT3cQwMU0KJpaJbeKYFE1cE8/ENymZBCZlk4pJaFI1qZnUTRomTZOWSdukY9I16Zn0TTAZmEQmQ5ORydhkYjI1mZnMTRYmscnSJDG5NLkyuTa5Mbk1uTO5N3kweTR5Mnk2eTF5NXkzeTf5MPk0+TL5Nvkx+TX5M1dABdYKrBfYKLBZYKvAdoGdArsF9grsFzgocFjgqMBxgZMCpwXOCpwXuCiQKiAUEAtIBdIF5AKZAkqBbAG1QK6AViBfQC9gFDALFApYBewCToFiAbeAV8AvUCoQFCgXqBQIC1QL1ArUCzQKNAu0CrQLdAp0C/QK9AtQYFAgKjAsMCowLjApMC0wKzAvsCgQF1gWSApcFrgqcF3gpsBtgbsC9wUeCjwWeCrwXOClwGuBtwLvBT4KfBb4KvBd4KfAb4G/wgrIYs1i3WLDYtNiy2LbYsdi12LPYt/iwOLQ4sji2OLE4tTizOLc4sIiZSFYiBaSRdpCtshYKBZZC9UiZ6FZ5C10C8PCtChYWBa2hWNRtHAtPAvfomQRWJQtKhahRdWiZlG3aFg0LVoWbYuORdeiZ9G3wGJgEVkMLUYWY4uJxdRiZjG3WFjEFkuLxOLS4sri2uLG4tbizuLe4sHi0eLJ4tnixeLV4s3i3eLD4tPiy+Lb4sfi1+LPWgHZrNms22zYbNps2Wzb7Njs2uzZ7Nsc2BzaHNkc25zYnNqc2ZzbXNikbAQb0UaySdvINhkbxSZro9rkbDSbvI1uY9iYNgUby8a2cWyKNq6NZ+PblGwCm7JNxSa0qdrUbOo2DZumTcumbdOx6dr0bPo22AxsIpuhzchmbDOxmdrMbOY2C5vYZmmT2FzaXNlc29zY3Nrc2dzbPNg82jzZPNu82LzavNm823zYfNp82Xzb/Nj82vzZKyCHNYd1hw2HTYcth22HHYddhz2HfYcDh0OHI4djhxOHU4czh3OHC4eUg+AgOkgOaQfZIeOgOGQdVIecg+aQd9AdDAfToeBgOdgOjkPRwXXwHHyHkkPgUHaoOIQOVYeaQ92h4dB0aDm0HToOXYeeQ98Bh4FD5DB0GDmMHSYOU4eZw9xh4RA7LB0Sh0uHK4drhxuHW4c7h3uHB4dHhyeHZ4cXh1eHN4d3hw+HT4cvh2+HH4dfhz9nBVRkrch6kY0im0W2imwX2SmyW2SvyH6RgyKHRY6KHBc5KXJa5KzIeZGLIqkiQhGxiFQkXUQukimiFMkWUYvkimhF8kX0IkYRs0ihiFXELuIUKRZxi3hF/CKlIkGRcpFKkbBItUitSL1Io0izSKtIu0inSLdIr0i/CEUGRaIiwyKjIuMikyLTIrMi8yKLInGRZZGkyGWRqyLXRW6K3Ba5K3Jf5KHIY5GnIs9FXoq8Fnkr8l7ko8hnka8i30V+ivwW+SuugFzWXNZdNlw2XbZctl12XHZd9lz2XQ5cDl2OXI5dTlxOXc5czl0uXFIugovoIrmkXWSXjIviknVRXXIumkveRXcxXEyXgovlYrs4LkUX18Vz8V1KLoFL2aXiErpUXWoudZeGS9Ol5dJ26bh0XXoufRdcBi6Ry9Bl5DJ2mbhMXWYuc5eFS+yydElcLl2uXK5dblxuXe5c7l0eXB5dnlyeXV5cXl3eXN5dPlw+Xb5cvl1+XH5d/twVkMeax7rHhsemx5bHtseOx67Hnse+x4HHoceRx7HHicepx5nHuceFR8pD8BA9JI+0h+yR8VA8sh6qR85D88h76B6Gh+lR8LA8bA/Ho+jhengevkfJI/Aoe1Q8Qo+qR82j7tHwaHq0PNoeHY+uR8+j74HHwCPyGHqMPMYeE4+px8xj7rHwiD2WHonHpceVx7XHjcetx53HvceDx6PHk8ezx4vHq8ebx7vHh8enx5fHt8ePx6/Hn7cC8lnzWffZ8Nn02fLZ9tnx2fXZ89n3OfA59DnyOfY58Tn1OfM597nwSfkIPqKP5JP2kX0yPopP1kf1yfloPnkf3cfwMX0KPpaP7eP4FH1cH8/H9yn5BD5ln4pP6FP1qfnUfRo+TZ+WT9un49P16fn0ffAZ+EQ+Q5+Rz9hn4jP1mfnMfRY+sc/SJ/G59Lnyufa58bn1ufO593nwefR58nn2efF59Xnzeff58Pn0+fL59vnx+fX581dAJdZKrJfYKLFZYqvEdomdErsl9krslzgocVjiqMRxiZMSpyXOSpyXuCiRKiGUEEtIJdIl5BKZEkqJbAm1RK6EViJfQi9hlDBLFEpYJewSToliCbeEV8IvUSoRlCiXqJQIS1RL1ErUSzRKNEu0SrRLdEp0S/RK9EtQYlAiKjEsMSoxLjEpMS0xKzEvsSgRl1iWSEpclrgqcV3ipsRtibsS9yUeSjyWeCrxXOKlxGuJtxLvJT5KfJb4KvFd4qfEb4m/0gooYC1gPWAjYDNgK2A7YCdgN2AvYD/gIOAw4CjgOOAk4DTgLOA84CIgFSAEiAFSQDpADsgEKAHZADUgF6AF5AP0ACPADCgEWAF2gBNQDHADvAA/oBQQBJQDKgFhQDWgFlAPaAQ0A1oB7YBOQDegF9APIGAQEAUMA0YB44BJwDRgFjAPWATEAcuAJOAy4CrgOuAm4DbgLuA+4CHgMeAp4DngJeA14C3gPeAj4DPgK+A74CfgN+AvWAGVWSuzXmajzGaZrTLbZXbK7JbZK7Nf5qDMYZmjMsdlTsqcljkrc17mokyqjFBGLCOVSZeRy2TKKGWyZdQyuTJamXwZvYxRxixTKGOVscs4ZYpl3DJeGb9MqUxQplymUiYsUy1TK1Mv0yjTLNMq0y7TKdMt0yvTL0OZQZmozLDMqMy4zKTMtMyszLzMokxcZlkmKXNZ5qrMdZmbMrdl7srcl3ko81jmqcxzmZcyr2XeyryX+SjzWearzHeZnzK/Zf7KK6AKaxXWK2xU2KywVWG7wk6F3Qp7FfYrHFQ4rHBU4bjCSYXTCmcVzitcVEhVECqIFaQK6QpyhUwFpUK2glohV0GrkK+gVzAqmBUKFawKdgWnQrGCW8Gr4FcoVQgqlCtUKoQVqhVqFeoVGhWaFVoV2hU6FboVehX6FagwqBBVGFYYVRhXmFSYVphVmFdYVIgrLCskFS4rXFW4rnBT4bbCXYX7Cg8VHis8VXiu8FLhtcJbhfcKHxU+K3xV+K7wU+G3wl9lBRSyFrIeshGyGbIVsh2yE7IbsheyH3IQchhyFHIcchJyGnIWch5yEZIKEULEECkkHSKHZEKUkGyIGpIL0ULyIXqIEWKGFEKsEDvECSmGuCFeiB9SCglCyiGVkDCkGlILqYc0QpohrZB2SCekG9IL6YcQMgiJQoYho5BxyCRkGjILmYcsQuKQZUgSchlyFXIdchNyG3IXch/yEPIY8hTyHPIS8hryFvIe8hHyGfIV8h3yE/Ib8heugKqsVVmvslFls8pWle0qO1V2q+xV2a9yUOWwylGV4yonVU6rnFU5r3JRJVVFqCJWkaqkq8hVMlWUKtkqapVcFa1KvopexahiVilUsarYVZwqxSpuFa+KX6VUJahSrlKpElapVqlVqVdpVGlWaVVpV+lU6VbpVelXocqgSlRlWGVUZVxlUmVaZVZlXmVRJa6yrJJUuaxyVeW6yk2V2yp3Ve6rPFR5rPJU5bnKS5XXKm9V3qt8VPms8lXlu8pPld8qf9UVUI21Gus1Nmps1tiqsV1jp8Zujb0a+zUOahzWOKpxXOOkxmmNsxrnNS5qpGoINcQaUo10DblGpoZSI1tDrZGrodXI19BrGDXMGoUaVg27hlOjWMOt4dXwa5RqBDXKNSo1whrVGrUa9RqNGs0arRrtGp0a3Rq9Gv0a1BjUiGoMa4xqjGtMakxrzGrMayxqxDWWNZIalzWualzXuKlxW+Ouxn2NhxqPNZ5qPNd4qfFa463Ge42PGp81vmp81/ip8Vvjr7YCqrNWZ73ORp3NOlt1tuvs1Nmts1dnv85BncM6R3WO65zUOa1zVue8zkWdVB2hjlhHqpOuI9fJ1FHqZOuodXJ1tDr5Onodo45Zp1DHqmPXceoU67h1vDp+nVKdoE65TqVOWKdap1anXqdRp1mnVaddp1OnW6dXp1+HOoM6UZ1hnVGdcZ1JnWmdWZ15nUWduM6yTlLnss5Vnes6N3Vu69zVua/zUOexzlOd5zovdV7rvNV5r/NR57POV53vOj91fuv81VdADdYarDfYaLDZYKvBdoOdBrsN9hrsNzhocNjgqMFxg5MGpw3OGpw3uGiQaiA0EBtIDdIN5AaZBkqDbAO1Qa6B1iDfQG9gNDAbFBpYDewGToNiA7eB18BvUGoQNCg3qDQIG1Qb1BrUGzQaNBu0GrQbdBp0G/Qa9BvQYNAgajBsMGowbjBpMG0wazBvsGgQN1g2SBpcNrhqcN3gpsFtg7sG9w0eGjw2eGrw3OClwWuDtwbvDT4afDb4avDd4KfBb4O/xgqoyVqT9SYbTTabbDXZbrLTZLfJXpP9JgdNDpscNTluctLktMlZk/MmF01STYQmYhOpSbqJ3CTTRGmSbaI2yTXRmuSb6E2MJmaTQhOrid3EaVJs4jbxmvhNSk2CJuUmlSZhk2qTWpN6k0aTZpNWk3aTTpNuk16TfhOaDJpETYZNRk3GTSZNpk1mTeZNFk3iJssmSZPLJldNrpvcNLltctfkvslDk8cmT02em7w0eW3y1uS9yUeTzyZfTb6b/DT5bfLXXAG1WGux3mKjxWaLrRbbLXZa7LbYa7Hf4qDFYYujFsctTlqctjhrcd7iokWqhdBCbCG1SLeQW2RaKC2yLdQWuRZai3wLvYXRwmxRaGG1sFs4LYot3BZeC79FqUXQotyi0iJsUW1Ra1Fv0WjRbNFq0W7RadFt0WvRb0GLQYuoxbDFqMW4xaTFtMWsxbzFokXcYtkiaXHZ4qrFdYubFrct7lrct3ho8djiqcVzi5cWry3eWry3+Gjx2eKrxXeLnxa/Lf5aK6A2a23W22y02Wyz1Wa7zU6b3TZ7bfbbHLQ5bHPU5rjNSZvTNmdtzttctEm1EdqIbaQ26TZym0wbpU22jdom10Zrk2+jtzHamG0Kbaw2dhunTbGN28Zr47cptQnalNtU2oRtqm1qbeptGm2abVpt2m06bbptem36bWgzaBO1GbYZtRm3mbSZtpm1mbdZtInbLNskbS7bXLW5bnPT5rbNXZv7Ng9tHts8tXlu89Lmtc1bm/c2H20+23y1+W7z0+a3zV97BdRhrcN6h40Omx22Omx32Omw22Gvw36Hgw6HHY46HHc46XDa4azDeYeLDqkOQgexg9Qh3UHukOmgdMh2UDvkOmgd8h30DkYHs0Ohg9XB7uB0KHZwO3gd/A6lDkGHcodKh7BDtUOtQ71Do0OzQ6tDu0OnQ7dDr0O/Ax0GHaIOww6jDuMOkw7TDrMO8w6LDnGHZYekw2WHqw7XHW463Ha463Df4aHDY4enDs8dXjq8dnjr8N7ho8Nnh68O3x1+Ovx2+OusgLqsdVnvstFls8tWl+0uO112u+x12e9y0OWwy1GX4y4nXU67nHU573LRJdVF6CJ2kbqku8hdMl2ULtkuapdcF61Lvovexehidil0sbrYXZwuxS5uF6+L36XUJehS7lLpEnapdql1qXdpdGl2aXVpd+l06Xbpdel3ocugS9Rl2GXUZdxl0mXaZdZl3mXRJe6y7JJ0uexy1eW6y02X2y53Xe67PHR57PLU5bnLS5fXLm9d3rt8dPns8tXlu8tPl98uf90VUI+1Hus9Nnps9tjqsd1jp8duj70e+z0Oehz2OOpx3OOkx2mPsx7nPS56pHoIPcQeUo90D7lHpofSI9tD7ZHrofXI99B7GD3MHoUeVg+7h9Oj2MPt4fXwe5R6BD3KPSo9wh7VHrUe9R6NHs0erR7tHp0e3R69Hv0e9Bj0iHoMe4x6jHtMekx7zHrMeyx6xD2WPZIelz2uelz3uOlx2+Oux32Phx6PPZ56PPd46fHa463He4+PHp89vnp89/jp8dvjr7cC6rPWZ73PRp/NPlt9tvvs9Nnts9dnv89Bn8M+R32O+5z0Oe1z1ue8z0WfVB+hj9hH6pPuI/fJ9FH6ZPuofXJ9tD75Pnofo4/Zp9DH6mP3cfoU+7h9vD5+n1KfoE+5T6VP2Kfap9an3qfRp9mn1afdp9On26fXp9+HPoM+UZ9hn1GfcZ9Jn2mfWZ95n0WfuM+yT9Lnss9Vn+s+N31u+9z1ue/z0Oexz1Of5z4vfV77vPV57/PR57PPV5/vPj99fvv89VdAsAbrsAGbsAXbsAO7sAf7cACHcATHcAKncAbncPFvXRnh38op0r+1QeR/q18o/9Z3UP+tYKD9G6Oj/xuFYv4bZ2H9G0ng/PtWxv33NYj/73uH4F+LvmpCV23WqpFYlcqrYnBV7qwS+iplrYLyKuysHtbq6qxw/p0BRDCEEYxhAlOYwRwWEMMSEriEK7iGG7iFO7iHB3iEJ3iGF3iFN3iHD/iEL/iGH/iFP1ZAA9YGrA/YGLA5YGvA9oCdAbsD9gbsDzgYcDjgaMDxgJMBpwPOBpwPuBiQGiAMEAdIA9ID5AGZAcqA7AB1QG6ANiA/QB9gDDAHFAZYA+wBzoDiAHeAN8AfUBoQDCgPqAwIB1QH1AbUBzQGNAe0BrQHdAZ0B/QG9Af/eAYDogHDAaMB4wGTAdMBswHzAYsB8YDlgGTA5YCrAdcDbgbcDrgbcD/gYcDjgKcBzwNeBrwOeBvwPuBjwOeArwHfA34G/A74G6yAItYi1iM2IjYjtiK2I3YidiP2IvYjDiIOI44ijiNOIk4jziLOIy4iUhFChBghRaQj5IhMhBKRjVAjchFaRD5CjzAizIhChBVhRzgRxQg3wovwI0oRQUQ5ohIRRlQjahH1iEZEM6IV0Y7oRHQjehH96N/lGUREEcOIUcQ4YhIxjZhFzCMWEXHEMiKJuIy4iriOuIm4jbiLuI94iHiMeIp4jniJeI14i3iP+Ij4jPiK+I74ifiN+ItWQEPWhqwP2RiyOWRryPaQnSG7Q/aG7A85GHI45GjI8ZCTIadDzoacD7kYkhoiDBGHSEPSQ+QhmSHKkOwQdUhuiDYkP0QfYgwxhxSGWEPsIc6Q4hB3iDfEH1IaEgwpD6kMCYdUh9SG1Ic0hjSHtIa0h3SGdIf0hvSH/57WYEg0ZDhkNGQ8ZDJkOmQ2ZD5kMSQeshySDLkccjXkesjNkNshd0PuhzwMeRzyNOR5yMuQ1yFvQ96HfAz5HPI15HvIz5DfIX/DFdCItRHrIzZGbI7YGrE9YmfE7oi9EfsjDkYcjjgacTziZMTpiLMR5yMuRqRGCCPEEdKI9Ah5RGaEMiI7Qh2RG6GNyI/QRxgjzBGFEdYIe4QzojjCHeGN8EeURgQjyiMqI8IR1RG1EfURjRHNEa0R7RGdEd0RvRH90b/AMxgRjRiOGI0Yj5iMmI6YjZiPWIyIRyxHJCMuR1yNuB5xM+J2xN2I+xEPIx5HPI14HvEy4nXE24j3ER8jPkd8jfge8TPid8TfaAU0Zm3M+piNMZtjtsZsj9kZsztmb8z+mIMxh2OOxhyPORlzOuZszPmYizGpMcIYcYw0Jj1GHpMZo4zJjlHH5MZoY/Jj9DHGGHNMYYw1xh7jjCmOccd4Y/wxpTHBmPKYyphwTHVMbUx9TGNMc0xrTHtMZ0x3TG9Mf/wvLA/GRGOGY0ZjxmMmY6ZjZmPmYxZj4jHLMcmYyzFXY67H3Iy5HXM35n7Mw5jHMU9jnse8jHkd8zbmfczHmM8xX2O+x/yM+R3zN14BTVibsD5hY8LmhK0J2xN2JuxO2JuwP+FgwuGEownHE04mnE44m3A+4WJCaoIwQZwgTUhPkCdkJigTshPUCbkJ2oT8BH2CMcGcUJhgTbAnOBOKE9wJ3gR/QmlCMKE8oTIhnFCdUJtQn9CY0JzQmtCe0JnQndCb0J/8S1qDCdGE4YTRhPGEyYTphNmE+YTFhHjCckIy4XLC1YTrCTcTbifcTbif8DDhccLThOcJLxNeJ7xNeJ/wMeFzwteE7wk/E34n/E1WQFPWpqxP2ZiyOWVryvaUnSm7U/am7E85mHI45WjK8ZSTKadTzqacT7mYkpoiTBGnSFPSU+QpmSnKlOwUdUpuijYlP0WfYkwxpxSmWFPsKc6U4hR3ijfFn1KaEkwpT6lMCadUp9Sm1Kc0pjSntKa0p3SmdKf0pvSn/1L6YEo0ZThlNGU8ZTJlOmU2ZT5lMSWespySTLmccjXlesrNlNspd1PupzxMeZzyNOV5ysuU1ylvU96nfEz5nPI15XvKz5TfKX/TFdCMtRnrMzZmbM7YmrE9Y2fG7oy9GfszDmYczjiacTzjZMbpjLMZ5zMuZqRmCDPEGdKM9Ax5RmaGMiM7Q52Rm6HNyM/QZxgzzBmFGdYMe4YzozjDneHN8GeUZgQzyjMqM8IZ1Rm1GfUZjRnNGa0Z7RmdGd0ZvRn92b+CZzAjmjGcMZoxnjGZMZ0xmzGfsZgRz1jOSGZczriacT3jZsbtjLsZ9zMeZjzOeJrxPONlxuuMtxnvMz5mfM74mvE942fG74y/2Qpoztqc9TkbczbnbM3ZnrMzZ3fO3pz9OQdzDucczTmeczLndM7ZnPM5F3NSc4Q54hxpTnqOPCczR5mTnaPOyc3R5uTn6HOMOeacwhxrjj3HmVOc487x5vhzSnOCOeU5lTnhnOqc2pz6nMac5pzWnPaczpzunN6c/vxfOTiYE80ZzhnNGc+ZzJnOmc2Zz1nMiecs5yRzLudczbmeczPnds7dnPs5D3Me5zzNeZ7zMud1ztuc9zkfcz7nfM35nvMz53fO33wFtGBtwfqCjQWbC7YWbC/YWbC7YG/B/oKDBYcLjhYcLzhZcLrgbMH5gosFqQXCAnGBtCC9QF6QWaAsyC5QF+QWaAvyC/QFxgJzQWGBtcBe4CwoLnAXeAv8BaUFwYLygsqCcEF1QW1BfUFjQXNBa0F7QWdBd0FvQX/xr1geLIgWDBeMFowXTBZMF8wWzBcsFsQLlguSBZcLrhZcL7hZcLvgbsH9gocFjwueFjwveFnwuuBtwfuCjwWfC74WfC/4WfC74G+xAopZi1mP2YjZjNmK2Y7ZidmN2YvZjzmIOYw5ijmOOYk5jTmLOY+5iEnFCDFijBSTjpFjMjFKTDZGjcnFaDH5GD3GiDFjCjFWjB3jxBRj3Bgvxo8pxQQx5ZhKTBhTjanF1GMaMc2YVkw7phPTjenF9ON/rcQgJooZxoxixjGTmGnMLGYes4iJY5YxScxlzFXMdcxNzG3MXcx9zEPMY8xTzHPMS8xrzFvMe8xHzGfMV8x3zE/Mb8xfvAJasrZkfcnGks0lW0u2l+ws2V2yt2R/ycGSwyVHS46XnCw5XXK25HzJxZLUEmGJuERakl4iL8ksUZZkl6hLcku0Jfkl+hJjibmksMRaYi9xlhSXuEu8Jf6S0pJgSXlJZUm4pLqktqS+pLGkuaS1pL2ks6S7pLekv/zXaA2WREuGS0ZLxksmS6ZLZkvmSxZL4iXLJcmSyyVXS66X3Cy5XXK35H7Jw5LHJU9Lnpe8LHld8rbkfcnHks8lX0u+l/ws+V3yt1wBJawlrCdsJGwmbCVsJ+wk7CbsJewnHCQcJhwlHCecJJwmnCWcJ1wkpBKEBDFBSkgnyAmZBCUhm6Am5BK0hHyCnmAkmAmFBCvBTnASiglugpfgJ5QSgoRyQiUhTKgm1BLqCY2EZkIroZ3QSegm9BL6yb82dJAQJQwTRgnjhEnCNGGWME9YJMQJy4Qk4TLhKuE64SbhNuEu4T7hIeEx4SnhOeEl4TXhLeE94SPhM+Er4TvhJ+E34S/h/43P3PDuDffZAAAAAElFTkSuQmCC';

const wrongKey: ErrorView = {
  cause: 'OpenAI did not accept the API key.',
  nextStep: 'Give the provider a valid key; keys are made at platform.openai.com.',
  details: '401 Incorrect API key provided',
  action: { label: 'Change the key', command: 'addProvider' },
};
const cut: ErrorView = {
  cause: 'The connection to OpenAI was lost in the middle of the reply.',
  nextStep: 'What had arrived is kept. Try again when the network is back.',
  details: 'ECONNRESET',
};

export const scenes: readonly Scene[] = [
  { name: 'empty', show: (chatPage) => chatPage.snapshot(chat()) },
  {
    name: 'empty-unavailable',
    show: (chatPage) => chatPage.snapshot(chat({ model: { ...model, unavailable: 'the key of OpenAI is missing' } })),
  },
  {
    name: 'conversation',
    async show(chatPage) {
      await chatPage.snapshot(chat({ title: 'Distinct lines', messages: conversation }));
    },
  },
  {
    name: 'conversation-top',
    async show(chatPage) {
      await chatPage.snapshot(chat({ title: 'Distinct lines', messages: conversation }));
      await chatPage.page.locator('summary').first().click();
      await chatPage.page.locator('.messages').evaluate((box) => box.scrollTo({ top: 0 }));
      await chatPage.page.locator('.jump').waitFor();
    },
  },
  {
    name: 'streaming',
    async show(chatPage) {
      await chatPage.snapshot(
        chat({
          busy: true,
          messages: [
            user('u1', 'Write a Dockerfile for a Node service'),
            assistant(
              'a1',
              'A small one in two stages:\n\n```dockerfile\nFROM node:24-slim AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci',
              { state: 'streaming' },
            ),
          ],
        }),
      );
      await chatPage.testId('composer').fill('And with pnpm?\nI use it at work.');
    },
  },
  {
    name: 'waiting',
    show: (chatPage) =>
      chatPage.snapshot(
        chat({
          busy: true,
          messages: [
            user('u1', 'Hello'),
            assistant('a1', '', { state: 'streaming', notices: ['Waiting 4 s, then trying again: too many requests'] }),
          ],
        }),
      ),
  },
  {
    name: 'errors',
    show: (chatPage) =>
      chatPage.snapshot(
        chat({
          messages: [
            user('u1', 'Tell me about rope data structures'),
            assistant('a1', 'A rope is a binary tree whose leaves hold', { state: 'failed', error: cut, usage }),
            user('u2', 'Stop early, please'),
            assistant('a2', 'A rope is', {
              state: 'stopped',
              usage: { inputTokens: 20, outputTokens: 3, estimated: true, totalMs: 700 },
            }),
            user('u3', 'Something not allowed'),
            assistant('a3', '', {
              parts: [
                { type: 'refusal', text: 'I cannot help with that.' },
                {
                  type: 'tool-call',
                  name: 'read_file',
                  arguments: '{"path":"src/a-rather-long-path/of-a-file-that-goes-on.ts"}',
                },
              ],
            }),
            user('u4', 'And again'),
            assistant('a4', '', { state: 'failed', error: wrongKey }),
          ],
        }),
      ),
  },
  {
    name: 'tree',
    async show(chatPage) {
      const picture = { type: 'image', mediaType: 'image/png', base64: gradient } as const;
      await chatPage.snapshot(
        chat({
          messages: [
            {
              ...user('u1', 'What is on this picture?'),
              parts: [picture, { type: 'text', text: 'What is on this picture?' }],
            },
            assistant('a1', '', {
              parts: [
                { type: 'reasoning', text: 'Blue and green.', ms: 4200 },
                { type: 'tool-call', name: 'web_search', arguments: '{"query":"gradients in nature"}' },
                { type: 'text', text: 'A gradient, as of a sky over the sea.' },
              ],
              sources: [
                { url: 'https://example.com/gradients', title: 'Gradients' },
                { url: 'https://example.org/sky', title: 'Why the sky is blue' },
              ],
              branch: { position: 2, count: 3 },
              usage,
            }),
            { ...user('u2', 'And of which colours?'), branch: { position: 1, count: 2 } },
            assistant('a2', 'Of **blue** and **green**.', { model: 'anthropic/claude-sonnet-4-5', usage }),
          ],
          queue: [
            { id: 'q1', text: 'Write a CSS gradient like it, and explain how the stops are placed', attachments: [] },
            { id: 'q2', text: 'Then as SVG', attachments: [] },
          ],
        }),
      );
      await chatPage.testId('edit-message').first().focus();
    },
  },
  {
    name: 'compare',
    async show(chatPage) {
      await chatPage.snapshot(
        chat({
          messages: [user('u1', 'Which sorting algorithm is stable, and why does it matter?')],
          compare: {
            kind: 'questions',
            vote: { best: 'a1' },
            board: [
              { model: 'openai/gpt-5', won: 4, tied: 1, lost: 2 },
              { model: 'anthropic/claude-sonnet-4-5', won: 2, tied: 1, lost: 4 },
            ],
            columns: [
              assistant(
                'a1',
                'Merge sort is **stable**: equal keys keep their order.\n\n```ts\nitems.toSorted(byName).toSorted(byAge);\n```',
                {
                  model: 'openai/gpt-5',
                  usage,
                },
              ),
              assistant('a2', 'Insertion sort, merge sort and Timsort are.', {
                model: 'anthropic/claude-sonnet-4-5',
                usage,
              }),
              assistant('a3', '', {
                model: 'work-cluster/qwen3-coder-480b-a35b-instruct-fp8',
                state: 'failed',
                error: cut,
              }),
            ],
          },
        }),
      );
      await chatPage.testId('comparison').waitFor();
    },
  },
  {
    name: 'comparing',
    async show(chatPage) {
      await chatPage.snapshot(
        chat({
          busy: true,
          messages: [user('u1', 'Which sorting algorithm is stable?')],
          compare: {
            kind: 'questions',
            board: [],
            columns: [
              assistant('a1', 'Merge sort is', { model: 'openai/gpt-5', state: 'streaming' }),
              assistant('a2', '', { model: 'anthropic/claude-sonnet-4-5', state: 'streaming' }),
            ],
          },
        }),
      );
      await chatPage.send({ type: 'choose-compared', models: ['openai/gpt-5', 'anthropic/claude-sonnet-4-5'] });
      await chatPage.testId('comparison').waitFor();
      await chatPage.testId('compare-bar').waitFor();
    },
  },
  {
    name: 'editing',
    async show(chatPage) {
      await chatPage.snapshot(chat({ messages: conversation }));
      await chatPage.testId('edit-message').last().click();
    },
  },
  {
    name: 'window',
    async show(chatPage) {
      const note = 'Only the first 24000 of 90000 characters are sent.';
      await chatPage.snapshot(
        chat({
          window: nearlyFullWindow,
          instructions: [
            { id: 'file:///w/AGENTS.md', name: 'AGENTS.md', on: true, tokens: 812 },
            { id: 'file:///w/c.md', name: '.github/copilot-instructions.md', on: true, tokens: 6900, note },
            { id: 'file:///w/CLAUDE.md', name: 'CLAUDE.md', on: false, tokens: 120 },
          ],
          messages: [
            ...conversation,
            { ...user('s', 'The developer wants duplicate lines removed.'), summary: { messages: 4, model: 'GPT-5' } },
            { ...user('u3', '/explain the loop'), expanded: 'Explain the attached code.\n\nthe loop' },
            assistant('a3', 'It reads each line once.', { usage }),
          ],
        }),
      );
      await chatPage.testId('window-meter').click();
    },
  },
  {
    name: 'models',
    async show(chatPage) {
      await chatPage.snapshot(chat({ messages: conversation }));
      await chatPage.testId('model-button').click();
      await chatPage.page.keyboard.press('ArrowDown');
    },
  },
  {
    name: 'settings',
    async show(chatPage) {
      await chatPage.snapshot(chat({ messages: conversation }));
      await chatPage.send({ type: 'open-settings' });
      const view = withRows({ temperature: { value: 0.7 }, reasoningEffort: { value: 'low' } });
      await chatPage.send({ type: 'model-settings', view });
      await chatPage.testId('setting-topP').waitFor();
      await chatPage.testId('setting-topP').fill('7');
    },
  },
  {
    name: 'history',
    show: async (page) => {
      await showHistory(page, historyPage(historyItems), 'parser');
      await page.page.locator('[data-chat="arabic"] .history-open').focus();
    },
  },
  {
    name: 'attachments',
    show: (chatPage) =>
      chatPage.snapshot(
        chat({
          messages: [
            { ...user('u1', 'What is wrong with @cart.ts?'), attachments },
            assistant('a1', 'The sum.', { usage }),
          ],
          attachments: [
            { id: 'editor', kind: 'selection', label: 'checkout.ts:120-180', tokens: 640, byDefault: true },
            ...attachments,
          ],
        }),
      ),
  },
  {
    name: 'suggestions',
    async show(chatPage) {
      await chatPage.snapshot(chat({ messages: conversation }));
      await chatPage.testId('composer').pressSequentially('Compare @');
      const asked = (await chatPage.posted()).find((message) => message.type === 'suggest');
      await chatPage.send({ type: 'suggestions', id: asked?.id ?? 0, groups: suggestionGroups });
      await chatPage.testId('suggestions').waitFor();
    },
  },
];
