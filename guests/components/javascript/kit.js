// demo:kit in JavaScript, for QuickJS in a component. A 64-bit integer is a number there, exact up to 2^53.
import host from 'demo:kit/host';

const { Tally } = host;
const echo = (value) => value;

let accountsExisting = 0;

class Account {
  #owner;
  #balance = 0;

  constructor(owner) {
    this.#owner = owner;
    accountsExisting++;
  }

  owner() {
    return this.#owner;
  }

  balance() {
    return this.#balance;
  }

  deposit(amount) {
    return (this.#balance += amount);
  }

  withdraw(amount) {
    if (amount > this.#balance) throw 'insufficient funds';
    return (this.#balance -= amount);
  }

  transfer(to, amount) {
    this.withdraw(amount);
    to.deposit(amount);
  }

  static openAll(owners) {
    return owners.map((owner) => new Account(owner));
  }

  static merge(a, b) {
    const merged = new Account(`${a.owner()} & ${b.owner()}`);
    merged.deposit(a.balance() + b.balance());
    forget(a, b);
    return merged;
  }

  static existing() {
    return accountsExisting;
  }

  [Symbol.dispose]() {
    accountsExisting--;
  }
}

// An account that came as the guest's own is a plain object again: there is no other way to learn that it is gone.
function forget(...accounts) {
  for (const account of accounts) account[Symbol.dispose]();
}

let keptAccount = null;
let keptTally = null;

const byteLength = (text) => {
  let size = 0;
  for (const c of text) {
    const point = c.codePointAt(0);
    size += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return size;
};

export const api = {
  Account,

  greet: (name) => `Hello, ${name}!`,
  echo,
  count: (text) => [...text].length,
  reverse: (bytes) => Uint8Array.from(bytes).reverse(),
  sum: (values) => values.reduce((sum, value) => sum + value, 0),
  scale: (values, by) => values.map((value) => value * by),
  repeat({ name, num }) {
    if (num < 0) throw new RangeError('num is negative');
    return { names: Array(num).fill(name) };
  },
  shout: (text) => host.log(`${text}!`),
  ask: (question) => `You said: ${host.answer(question)}`,
  add: (a, b) => (a + b) | 0,
  live: () => 0,
  fail: (text) => {
    throw new Error(`${text.length} characters`);
  },

  echoBool: echo,
  echoS8: echo,
  echoU8: echo,
  echoS16: echo,
  echoU16: echo,
  echoS32: echo,
  echoU32: echo,
  echoS64: echo,
  echoU64: echo,
  echoF32: echo,
  echoF64: echo,
  echoChar: echo,
  echoBytes: echo,
  echoU32s: echo,
  echoStrings: echo,
  echoNested: echo,
  echoArrays: echo,
  echoPoint: echo,
  echoLine: echo,
  echoLines: echo,
  echoTen: echo,
  echoLarge: echo,
  echoEntries: echo,
  many: (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q) => ({ a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q }),
  echoTuple: echo,
  swap: ([first, second]) => [second, first],
  echoShape: echo,
  echoShapes: echo,
  echoColor: echo,
  echoLevel: echo,
  echoRights: echo,
  echoDays: echo,
  echoBits: echo,
  echoAllFlags: echo,
  echoOption: echo,
  echoNestedOption: echo,
  echoOptions: echo,

  divide(a, b) {
    if (b === 0) throw 'division by zero';
    if (a === -2147483648 && b === -1) throw 'overflow';
    return Math.trunc(a / b);
  },
  expect(yes) {
    if (!yes) throw undefined;
  },
  refuse(text) {
    if (text !== '') throw text;
  },
  occurrences(text, c) {
    const found = text.split(c).length - 1;
    if (found === 0) throw undefined;
    return found;
  },
  // As a function's own result it is returned or thrown, as a parameter it is data.
  echoResult(value) {
    if (value.tag === 'err') throw value.val;
    return value.val;
  },
  echoResults: echo,

  total: (accounts) => accounts.reduce((sum, account) => sum + account.balance(), 0),
  richest(accounts) {
    if (accounts.length === 0) return null;
    const best = accounts.reduce((best, each) => (each.balance() > best.balance() ? each : best));
    forget(...accounts.filter((each) => each !== best));
    return best;
  },
  close(account) {
    forget(account);
    return account.balance();
  },
  echoAccount: echo,
  echoHolding: echo,
  keep(account) {
    if (keptAccount) forget(keptAccount);
    keptAccount = account;
  },
  kept() {
    const account = keptAccount;
    keptAccount = null;
    return account;
  },

  countOn(tally, times) {
    for (let i = 0; i < times; i++) tally.add(1);
    return tally.value();
  },
  makeTally: (start) => new Tally(start),
  echoTally: echo,
  dropTally: (tally) => tally[Symbol.dispose](),
  keepTally(tally) {
    keptTally?.[Symbol.dispose]();
    keptTally = tally;
  },
  keptTally() {
    const tally = keptTally;
    keptTally = null;
    return tally;
  },
  mergeTallies: (a, b) => Tally.merge(a, b),
  largestTally(tallies) {
    if (tallies.length === 0) return null;
    return tallies.reduce((best, each, i) => (each.larger(tallies[best]) ? i : best), 0);
  },
  openTally: (name) => host.openTally(name),

  addByHost: (a, b) => host.add(a, b),
  check: (text) => host.check(text),
  review: (level, entries) => host.review(level, entries),
  relay: (all) => host.relay(all),

  nothing() {},
  takeString: byteLength,
  takeBytes: (values) => values.length,
  takeU32s: (values) => values.length,
  makeString: (size) => 'x'.repeat(size),
  makeBytes: (size) => new Uint8Array(size).fill(120),
  makeU32s: (size) => Array.from({ length: size }, (_, i) => i),
  callTick(times) {
    for (let i = 0; i < times; i++) host.tick();
  },
  callAdd(times) {
    let total = 0;
    for (let i = 0; i < times; i++) total = host.add(total, 1);
    return total;
  },
  callLog(times, text) {
    for (let i = 0; i < times; i++) host.log(text);
  },
};
