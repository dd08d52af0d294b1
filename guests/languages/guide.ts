// A host that makes arrays has to know the number of their class, which depends on the program.
export const Uint8Array_ID = idof<Uint8Array>();

export function greet(name: string): string {
  return "Hello, " + name + "!";
}

export function reverse(bytes: Uint8Array): Uint8Array {
  const back = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) back[i] = bytes[bytes.length - 1 - i];
  return back;
}
