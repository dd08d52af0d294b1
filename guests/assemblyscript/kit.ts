// The kit as AssemblyScript has it: managed strings and typed arrays, by reference, both ways.

// @ts-ignore: decorators are AssemblyScript's own.
@external("env", "log")
declare function log(message: string): void;
// @ts-ignore
@external("env", "answer")
declare function answer(question: string): string;

// Class ids depend on what else a program uses: a host that makes arrays has to be told.
export const Uint8Array_ID = idof<Uint8Array>();
export const Int64Array_ID = idof<Int64Array>();
export const Float64Array_ID = idof<Float64Array>();

export function greet(name: string): string {
  return "Hello, " + name + "!";
}

export function echo(text: string): string {
  return text;
}

export function count(text: string): u32 {
  let points: u32 = 0;
  // Two units at a time where they are one code point.
  for (let i = 0; i < text.length; i += text.codePointAt(i) > 0xffff ? 2 : 1) points++;
  return points;
}

export function reverse(bytes: Uint8Array): Uint8Array {
  const back = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) back[i] = bytes[bytes.length - 1 - i];
  return back;
}

export function sum(values: Int64Array): i64 {
  let total: i64 = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

export function scale(values: Float64Array, by: f64): Float64Array {
  const products = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) products[i] = values[i] * by;
  return products;
}

class Reader {
  private at: i32 = 0;

  constructor(private json: string) {}

  peek(): i32 {
    while (this.at < this.json.length && " \t\r\n".includes(this.json.charAt(this.at))) this.at++;
    return this.at < this.json.length ? this.json.charCodeAt(this.at) : -1;
  }

  take(wanted: string): bool {
    if (this.peek() != wanted.charCodeAt(0)) return false;
    this.at++;
    return true;
  }

  expect(wanted: string): void {
    if (!this.take(wanted)) throw new Error("expected " + wanted);
  }

  // As it stands between the quotes: it goes out as JSON again, so its escapes may stay.
  quoted(): string {
    this.expect('"');
    const start = this.at;
    while (this.at < this.json.length && this.json.charAt(this.at) != '"') {
      if (this.json.charCodeAt(this.at) < 0x20) throw new Error("a control character in a string");
      this.at += this.json.charAt(this.at) == "\\" ? 2 : 1;
    }
    if (this.at >= this.json.length) throw new Error("a string without an end");
    return this.json.substring(start, this.at++);
  }

  integer(): i32 {
    const negative = this.take("-");
    const start = this.at;
    let value: i64 = 0;
    for (; this.at < this.json.length; this.at++) {
      const digit = this.json.charCodeAt(this.at) - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      if (value > <i64>i32.MAX_VALUE + i64(negative)) throw new Error("not an s32");
    }
    if (this.at == start || (this.json.charAt(start) == "0" && this.at - start > 1)) throw new Error("not a number");
    return <i32>(negative ? -value : value);
  }
}

export function repeat(request: string): string {
  const json = new Reader(request);
  let name: string | null = null;
  let num = -1;

  json.expect("{");
  do {
    const key = json.quoted();
    json.expect(":");
    if (key == "name") name = json.quoted();
    else if (key == "num") num = json.integer();
    else throw new Error("an unknown key: " + key);
  } while (json.take(","));
  json.expect("}");
  if (json.peek() != -1) throw new Error("more than one value");
  if (name === null || num < 0) throw new Error("name and num, not negative, are needed");

  const names = new Array<string>(num).fill('"' + name + '"');
  return '{"names":[' + names.join(",") + "]}";
}

export function shout(text: string): void {
  log(text + "!");
}

export function ask(question: string): string {
  return "You said: " + answer(question);
}

export function add(a: i32, b: i32): i32 {
  return a + b;
}

export function fail(text: string): string {
  throw new Error("told to fail: " + text);
}
