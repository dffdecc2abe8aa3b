# The workloads of distribution-valued regression discontinuity with the R package R3D (Van Dijcke), one request a line:
# "NAME SIZE" in (SIZE is the number of units), "SECONDS CHECKSUM" out. Without the package it greets with "absent".
con <- file("stdin", "r")
if (!suppressMessages(suppressWarnings(require(R3D, quietly = TRUE)))) {
  cat("absent R3D\n")
  flush(stdout())
  quit(status = 0)
}
frac <- function(v) v - floor(v)
data_of <- function(n, ni) {
  i <- 0:(n - 1) + 0.5
  j <- 0:(ni - 1) + 0.5
  x <- 2 * frac(i * 0.6180339887498949) - 1
  e <- qnorm(frac(i * 0.7548776662466927))
  s <- abs(1 + x + qnorm(frac(i * 0.5698402909980532)))
  y <- lapply(seq_len(n), function(k) {
    u <- frac(j * 0.8191725133961645 + i[k] * 0.6710436067037893)
    5 + 5 * x[k] + e[k] + 2 * (x[k] >= 0) + s[k] * qnorm(pmin(pmax(u, 1e-9), 1 - 1e-9))
  })
  list(x = x, y = y)
}
# observations per unit, method, bandwidth (NULL: the package's selector), draws
workloads <- list(
  r3d_small_frechet = list(50, "frechet", NULL, 200),
  r3d_small_simple = list(50, "simple", NULL, 200),
  r3d_mid_frechet = list(500, "frechet", NULL, 200),
  r3d_large_frechet = list(100, "frechet", 0.5, 200),
  r3d_boot5000_frechet = list(100, "frechet", 0.5, 5000),
  r3d_boot5000_simple = list(100, "simple", 0.5, 5000))
cache <- new.env()
cat(sprintf("ready R3D %s, %s\n", packageVersion("R3D"), R.version.string))
flush(stdout())
while (length(line <- readLines(con, n = 1)) > 0) {
  fields <- strsplit(line, " ")[[1]]
  w <- workloads[[fields[1]]]
  if (is.null(cache[[fields[1]]])) assign(fields[1], data_of(as.integer(fields[2]), w[[1]]), envir = cache)
  d <- cache[[fields[1]]]
  seconds <- system.time(fit <- suppressWarnings(r3d(d$x, d$y, cutoff = 0, method = w[[2]], p = 2, q_grid = (1:99) / 100,
    kernel_fun = "triangular", bandwidths = w[[3]], boot = TRUE, boot_reps = w[[4]],
    test = c("nullity", "homogeneity"))))[["elapsed"]]
  cat(sprintf("%.6f %.15g\n", seconds, sum(fit$tau)))
  flush(stdout())
}
