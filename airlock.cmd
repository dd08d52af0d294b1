@echo off
rem Starts the airlock command on Windows, as the script "airlock" does elsewhere. The first start builds it.
setlocal EnableExtensions DisableDelayedExpansion

set "root=%~dp0"
set "java=java.exe"
if defined JAVA_HOME set "java=%JAVA_HOME:"=%\bin\java.exe"
if not defined JAVA_HOME goto search
if exist "%java%" goto found
goto nojava
:search
for %%J in (java.exe) do set "java=%%~$PATH:J"
if not "%java%"=="" goto found
:nojava
>&2 echo airlock: no java found: set JAVA_HOME to a JDK, version 17 or later
exit /b 125

:found
set "jar=%root%cli\target\airlock-cli.jar"
if exist "%jar%" if exist "%root%cli\target\lib\" goto built
>&2 echo airlock: building, only this time...
pushd "%root%"
call mvn -q -B -DskipTests -Dspotless.check.skip -pl cli -am package 1>&2
popd
if not exist "%jar%" (
  >&2 echo airlock: the build failed: it needs Maven 3.8.7 or later (mvn)
  exit /b 125
)

:built
rem The same flags as in the script "airlock", which explains them.
set "flags=-Xshare:auto -Xlog:disable -XX:+UseSerialGC -XX:-UsePerfData -Xss8m -XX:-DontCompileHugeMethods"

rem An archive of loaded classes for each JVM and build: its name has the JVM's path, and the jar's time and size.
for %%J in ("%jar%") do set "key=%java%-%%~tJ-%%~zJ"
set "key=%key:\=_%"
set "key=%key::=_%"
set "key=%key:/=_%"
set "key=%key: =_%"
set "archive=%root%cli\target\cds\%key%.jsa"
if exist "%archive%" goto archived
if not exist "%root%cli\target\cds\" mkdir "%root%cli\target\cds" 2>nul
set "part=%archive%.%RANDOM%"
rem The first run fills the code cache, so that the second one archives what a run with a full cache loads.
set "outer=%AIRLOCK_CACHE%"
set "AIRLOCK_CACHE=%root%cli\target\cds\code"
"%java%" %flags% -jar "%jar%" run "%root%guests\c\echo.wasm" args >nul 2>&1 <nul
"%java%" %flags% "-XX:ArchiveClassesAtExit=%part%" -jar "%jar%" run "%root%guests\c\echo.wasm" args >nul 2>&1 <nul
set "AIRLOCK_CACHE=%outer%"
if exist "%part%" move /y "%part%" "%archive%" >nul 2>&1
:archived
if exist "%archive%" set flags=%flags% "-XX:SharedArchiveFile=%archive%"

rem Batch files cannot find out which streams are terminals, so neither progress nor colours are shown.
"%java%" %flags% -Dairlock.terminals= -jar "%jar%" %*
exit /b %ERRORLEVEL%
