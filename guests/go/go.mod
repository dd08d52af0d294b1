module kit

go 1.24
