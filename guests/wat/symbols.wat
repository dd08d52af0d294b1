;; Functions with names as compilers write them, each calling the next; the last one traps.
(module
  (func $plain unreachable)
  (func $_RNvCs4fqI2P2rA04_8geometry4area call $plain)
  (func $_ZN8geometry5shape9perimeter17h0123456789abcdefE call $_RNvCs4fqI2P2rA04_8geometry4area)
  (func $_ZNK5Shape7measureIiEEvRKSt6vectorIiSaIiEE call $_ZN8geometry5shape9perimeter17h0123456789abcdefE)
  (func $_Zunknown call $_ZNK5Shape7measureIiEEvRKSt6vectorIiSaIiEE)
  (export "_ZN8geometry5shape9perimeter17h0123456789abcdefE" (func $_Zunknown)))
