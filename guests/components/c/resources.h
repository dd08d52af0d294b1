// The resources of demo:kit, the guest's own and the host's. A handle is the guest's to drop, a borrowed one of the
// host's too; its own accounts it is lent as what they are, pointers.
#include "types.h"

typedef struct {
  string owner;
  int64_t balance;
} account;

OWN("[resource-new]account") uint32_t account_new(account *rep);
OWN("[resource-rep]account") account *account_rep(uint32_t handle);
OWN("[resource-drop]account") void account_drop(uint32_t handle);

static uint32_t accounts_existing;

static uint32_t opened(string owner, int64_t balance) {
  account *rep = block(sizeof *rep);
  *rep = (account){owner, balance};
  accounts_existing++;
  return account_new(rep);
}

EXPORT("[dtor]account") void account_dtor(account *self) {
  free_string(self->owner);
  release(self, sizeof *self);
  accounts_existing--;
}

EXPORT("[constructor]account") uint32_t account_constructor(char *owner, uint32_t len) {
  return opened((string){owner, len}, 0);
}

// The account keeps its name, so this is a copy: what is returned gets freed.
EXPORT("[method]account.owner") string *account_owner(account *self) {
  string empty = {0};
  RETURN(string, joined(self->owner, "", empty));
}
POST("[method]account.owner") void account_owner_post(string *ret) { free_string(*ret); }

EXPORT("[method]account.balance") int64_t account_balance(account *self) { return self->balance; }

EXPORT("[method]account.deposit") int64_t account_deposit(account *self, int64_t amount) {
  return self->balance = (int64_t)((uint64_t)self->balance + (uint64_t)amount);
}

EXPORT("[method]account.withdraw") result_s64 *account_withdraw(account *self, int64_t amount) {
  if (amount > self->balance) RETURN(result_s64, {1, .error = text_of("insufficient funds")});
  RETURN(result_s64, {0, .value = self->balance -= amount});
}
POST("[method]account.withdraw") void account_withdraw_post(result_s64 *ret) {
  if (ret->failed) free_string(ret->error);
}

EXPORT("[method]account.transfer") result_nothing *account_transfer(account *self, account *to, int64_t amount) {
  if (amount > self->balance) RETURN(result_nothing, {1, text_of("insufficient funds")});
  self->balance -= amount;
  to->balance += amount;
  RETURN(result_nothing, {0});
}
POST("[method]account.transfer") void account_transfer_post(result_nothing *ret) {
  if (ret->failed) free_string(ret->error);
}

EXPORT("[static]account.open-all") u32s *account_open_all(string *owners, uint32_t len) {
  u32s handles = {block((uint64_t)len * sizeof(uint32_t)), len};
  for (uint32_t i = 0; i < len; i++) handles.ptr[i] = opened(owners[i], 0);
  release(owners, len);
  RETURN(u32s, handles);
}
POST("[static]account.open-all") void account_open_all_post(u32s *ret) { release(ret->ptr, ret->len); }

EXPORT("[static]account.merge") uint32_t account_merge(uint32_t a, uint32_t b) {
  account *first = account_rep(a), *second = account_rep(b);
  uint32_t merged = opened(joined(first->owner, " & ", second->owner), first->balance + second->balance);
  account_drop(a);
  account_drop(b);
  return merged;
}

EXPORT("[static]account.existing") uint32_t account_existing(void) { return accounts_existing; }

EXPORT("total") int64_t total(account **accounts, uint32_t len) {
  int64_t sum = 0;
  for (uint32_t i = 0; i < len; i++) sum += accounts[i]->balance;
  release(accounts, len);
  return sum;
}

EXPORT("richest") option_u32 *richest(uint32_t *accounts, uint32_t len) {
  uint32_t best = 0;
  for (uint32_t i = 1; i < len; i++) {
    int richer = account_rep(accounts[i])->balance > account_rep(accounts[best])->balance;
    account_drop(accounts[richer ? best : i]);
    if (richer) best = i;
  }
  option_u32 found = {len > 0, len ? accounts[best] : 0};
  release(accounts, len);
  RETURN(option_u32, found);
}

EXPORT("close") int64_t close(uint32_t account) {
  int64_t balance = account_rep(account)->balance;
  account_drop(account);
  return balance;
}

EXPORT("echo-account") uint32_t echo_account(uint32_t account) { return account; }

EXPORT("echo-holding") holding *echo_holding(uint32_t account, char *label, uint32_t len) {
  RETURN(holding, {account, {label, len}});
}
POST("echo-holding") void echo_holding_post(holding *ret) { free_string(ret->label); }

static option_u32 kept_account, kept_total;

EXPORT("keep") void keep(uint32_t account) {
  if (kept_account.some) account_drop(kept_account.value);
  kept_account = (option_u32){1, account};
}

static option_u32 *taken(option_u32 *kept) {
  static option_u32 area;
  area = *kept;
  kept->some = 0;
  return &area;
}

EXPORT("kept") option_u32 *kept(void) { return taken(&kept_account); }

HOST("[constructor]tally") uint32_t tally_new(int32_t start);
HOST("[method]tally.add") int32_t tally_add(uint32_t self, int32_t by);
HOST("[method]tally.value") int32_t tally_value(uint32_t self);
HOST("[method]tally.larger") uint32_t tally_larger(uint32_t self, uint32_t than);
HOST("[static]tally.merge") uint32_t tally_merge(uint32_t a, uint32_t b);
HOST("[resource-drop]tally") void tally_drop(uint32_t handle);
HOST("open-tally") void host_open_tally(const char *ptr, uint32_t len, option_u32 *ret);

EXPORT("count-on") int32_t count_on(uint32_t tally, uint32_t times) {
  while (times--) tally_add(tally, 1);
  int32_t value = tally_value(tally);
  tally_drop(tally);
  return value;
}

EXPORT("make-tally") uint32_t make_tally(int32_t start) { return tally_new(start); }
EXPORT("echo-tally") uint32_t echo_tally(uint32_t tally) { return tally; }
EXPORT("drop-tally") void drop_tally(uint32_t tally) { tally_drop(tally); }

EXPORT("keep-tally") void keep_tally(uint32_t tally) {
  if (kept_total.some) tally_drop(kept_total.value);
  kept_total = (option_u32){1, tally};
}

EXPORT("kept-tally") option_u32 *kept_tally(void) { return taken(&kept_total); }
EXPORT("merge-tallies") uint32_t merge_tallies(uint32_t a, uint32_t b) { return tally_merge(a, b); }

EXPORT("largest-tally") option_u32 *largest_tally(uint32_t *tallies, uint32_t len) {
  uint32_t best = 0;
  for (uint32_t i = 1; i < len; i++)
    if (tally_larger(tallies[i], tallies[best])) best = i;
  for (uint32_t i = 0; i < len; i++) tally_drop(tallies[i]);
  release(tallies, len);
  RETURN(option_u32, {len > 0, best});
}

EXPORT("open-tally") option_u32 *open_tally(char *name, uint32_t len) {
  static option_u32 area;
  host_open_tally(name, len, &area);
  release(name, len);
  return &area;
}
